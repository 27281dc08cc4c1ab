"""`time` that follows the lab's clock, for answers and tests but not for libraries.

`install()` runs before any answer is imported, so that `from time import sleep` binds
the wrappers too. Outside a virtual world each wrapper calls the real function.
"""

from __future__ import annotations

import asyncio
import contextlib
import functools
import sys
import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from grader.harness.frames import callers, is_learner, is_library, line_of
from grader.harness.homes import is_left_over
from grader.harness.world import NANO, Problem, World, current
from grader.verdict import Span

if TYPE_CHECKING:
    from grader.harness.clock import VirtualLoop

_MOMENT = 0.001
# What time.time() says when the virtual clock stands at 0: 1 January 2030, UTC.
_EPOCH = 1_893_456_000 * NANO
_CLOCKS = {"time": _EPOCH, "monotonic": 0, "perf_counter": 0}


def _virtual() -> World | None:
    world = current()
    return None if world is None or world.real else world


def _clock(name: str, offset: int, *, whole: bool) -> Callable[[], float]:
    real = getattr(time, name)

    @functools.wraps(real)
    def clock() -> float:
        world = _virtual()
        if world is None or is_library(sys._getframe(1).f_code.co_filename):
            return float(real()) if not whole else int(real())
        ticks = world.ticks + offset
        return ticks if whole else ticks / NANO

    return clock


def _sleep(real: Callable[[float], None]) -> Callable[[float], None]:
    @functools.wraps(real)
    def sleep(seconds: float) -> None:
        if is_left_over():
            raise SystemExit("the test that started this thread is over")
        world = _virtual()
        if world is None or seconds < 0:
            return real(seconds)
        if asyncio._get_running_loop() is not None:
            return _freeze(world, seconds)
        loop = world.running_loop()
        if loop is not None:
            return _rest(loop, seconds)
        if threading.current_thread() is threading.main_thread():
            return world.advance(seconds)
        # When its loop has been closed, nobody can wait for a thread any more.
        return real(min(seconds, _MOMENT) if world.loops else seconds)

    return sleep


def _freeze(world: World, seconds: float) -> None:
    """A blocking sleep on the loop's own thread: time passes for everybody."""
    loop: Any = asyncio.get_running_loop()
    task = asyncio.current_task()
    frames = [f for f in callers(sys._getframe(2)) if is_learner(f.f_code.co_filename)]
    where = tuple(line_of(frame) for frame in reversed(frames[:1]))
    began = world.seconds()
    world.advance(seconds)
    what = f"time.sleep({seconds:g})"
    line = where[-1].line if where else None
    if hasattr(loop, "timeline"):
        span = Span(began, world.seconds(), "frozen", what, line)
        loop.timeline.froze(task, span)
    if where:
        world.problems.append(
            Problem(
                f"`{what}` froze the event loop for {seconds:g} s: no other task could "
                "run. Use `await asyncio.sleep(…)`, which lets the others go on.",
                where,
            )
        )


def _rest(loop: VirtualLoop | Any, seconds: float) -> None:
    """A thread sleeps in virtual time: a timer of the loop wakes it."""
    resting, me = loop.world.resting, threading.get_ident()
    woken = threading.Lock()
    woken.acquire()

    def fall_asleep() -> None:
        resting.add(me)
        loop.call_later(seconds, wake)

    def wake() -> None:
        resting.discard(me)
        loop.sleepers.discard(woken)
        woken.release()

    loop.sleepers.add(woken)  # whom the loop wakes if it is closed before that
    with contextlib.suppress(RuntimeError):  # the loop was closed meanwhile
        loop.call_soon_threadsafe(fall_asleep)
        woken.acquire()
    resting.discard(me)  # if the loop was closed while the thread slept


def install() -> None:
    """Replace the clocks and `sleep` of the `time` module."""
    for name, offset in _CLOCKS.items():
        setattr(time, name, _clock(name, offset, whole=False))
        setattr(time, name + "_ns", _clock(name + "_ns", offset, whole=True))
    time.sleep = _sleep(time.sleep)  # type: ignore[assignment]
