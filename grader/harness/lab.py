"""Worlds for tests: `run()` for Hypothesis, `patch()` once for the whole process."""

from __future__ import annotations

import asyncio
import contextlib
import traceback
from collections.abc import Callable, Coroutine, Iterator
from typing import Any, TypeVar

from grader.harness import (
    blocking,
    deadlock,
    homes,
    network,
    open_files,
    threads,
    virtual_time,
)
from grader.harness.clock import new_loop
from grader.harness.errors import Leak, Stuck, StuckExample
from grader.harness.frames import traced
from grader.harness.leaks import Watch
from grader.harness.loops import LabLoop
from grader.harness.world import Problem, World, current, inhabit

T = TypeVar("T")

Clock = Callable[[], float]


def as_leak(problems: list[Problem]) -> Leak:
    """One error that tells all problems, the first one's lines included."""
    return Leak("\n".join(p.message for p in problems), problems[0].where)


def run(coro: Coroutine[Any, Any, T]) -> T:
    """Run `coro` in a fresh virtual world, with all checks, and return its result.

    For sync tests, above all those of Hypothesis, which calls them many times. Raises
    `Leak` for what was left behind; a stuck loop raises `StuckExample`, an Exception,
    so that Hypothesis can look for a smaller example.
    """
    world = World()
    with inhabit(world):
        loop = new_loop(world)
        runner = asyncio.Runner(loop_factory=lambda: loop)
        try:
            with watched(world, loop):
                return runner.run(coro)
        except Stuck as stuck:
            raise StuckExample(stuck.message, stuck.where) from None
        finally:
            # What is stuck or leaks may be stuck once more: that is no news.
            with contextlib.suppress(Stuck, RecursionError):
                runner.close()


def _let_go(error: BaseException) -> None:
    """Locals in tracebacks hold what the test would have left behind."""
    for related in _related(error):
        traceback.clear_frames(related.__traceback__)
        for frame, _ in traced(related.__traceback__):
            _ = frame.f_locals  # before Python 3.13 a copy: asking brings it up to date


def _related(error: BaseException) -> Iterator[BaseException]:
    """`error`, its causes, and the members of groups; `raise e from e` is possible."""
    waiting: list[BaseException | None] = [error]
    seen: set[int] = set()
    while waiting:
        found = waiting.pop()
        if found is not None and id(found) not in seen:
            seen.add(id(found))
            yield found
            waiting += [found.__cause__, found.__context__]
            if isinstance(found, BaseExceptionGroup):
                waiting += found.exceptions


@contextlib.contextmanager
def watched(world: World, loop: LabLoop | None) -> Iterator[None]:
    """Around the body of a test: what it left behind fails it, or explains why.

    A stuck loop's first report goes before whatever followed: tasks that refuse to be
    cancelled get stuck again, tasks that await each other cancel each other for ever,
    and code around `asyncio.run()` may have swallowed the report.
    """
    with Watch(world, loop) as watch:
        try:
            yield
        except BaseException as error:
            _let_go(error)
            error.lab_problems = watch.finish()  # type: ignore[attr-defined]
            world.told = True
            if world.stuck is None or error is world.stuck:
                raise
        else:
            problems = watch.finish()
    world.told = world.told or bool(world.stuck or problems)
    if world.stuck is not None:
        raise world.stuck
    if problems:
        raise as_leak(problems)


_real_new_event_loop = asyncio.new_event_loop


def _new_event_loop() -> asyncio.AbstractEventLoop:
    """What `asyncio.run()` and `asyncio.Runner()` get inside a test."""
    world = current()
    return _real_new_event_loop() if world is None else new_loop(world)


def patch() -> None:
    """Put the lab's clock, loop and watches in place, before any answer is imported."""
    virtual_time.install()
    threads.install()
    homes.install()
    deadlock.install()
    blocking.install()
    network.install()
    open_files.install()
    asyncio.new_event_loop = _new_event_loop
    asyncio.events.new_event_loop = _new_event_loop
