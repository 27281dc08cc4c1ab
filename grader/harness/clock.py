"""The virtual loop: when nothing else can happen, the clock jumps to the next timer.

Private asyncio names used here, pinned by tests/grader/lab/test_private_names.py:
- `_clock_resolution`: how close a timer must be to count as due; one tick here.
- `_selector`: its `get_map()` tells which file descriptors the loop watches.
- `_scheduled`: the heap of timers, which `call_at` fills; ours breaks ties by age.
- `_asyncgen_firstiter_hook`, `_asyncgen_finalizer_hook`: told of async generators.
- `_start_serving`, `_stop_serving`, `_make_socket_transport`: see network.py.
"""

from __future__ import annotations

import asyncio
import heapq
import itertools
import selectors
import sys
import threading
import time
import weakref
from collections.abc import AsyncGenerator, Callable, Coroutine
from types import FrameType
from typing import Any, NoReturn

from grader.harness import deadlock
from grader.harness.errors import BusyLoop, Deadlock, Stuck, TimeBudget
from grader.harness.frames import callers, is_library, line_of
from grader.harness.network import Network, NetworkMixin
from grader.harness.threads import ThreadWork
from grader.harness.timeline import Timeline
from grader.harness.world import NANO, Problem, World
from grader.verdict import Line

# The guards count, they do not measure: a busy machine cannot trip them.
MAX_SPINS = 20_000  # turns of the loop while the clock stands still
MAX_JUMPS = 50_000  # jumps of the clock
MAX_SECONDS = 7 * 24 * 3600.0  # virtual
MAX_TURN_CPU = 1.0  # CPU seconds (not wall-clock) of a single turn
PATIENCE = 10.0  # real seconds without a sign of life from a thread or process

_real_monotonic = time.monotonic
_thread_time = time.thread_time
# Tasks that outlive their loop are kept for ever: a coroutine that swallows
# GeneratorExit in a loop would spin for ever when it is deleted.
_graveyard: list[asyncio.Task[Any]] = []


def maker(frame: FrameType | None) -> Line | None:
    """The line outside asyncio that made a task or a connection; None for a library."""
    for caller in callers(frame):
        module = str(caller.f_globals.get("__name__", ""))
        if module.partition(".")[0] not in ("asyncio", "grader"):
            return None if is_library(caller.f_code.co_filename) else line_of(caller)
        if caller.f_code.co_name == "_run_once":
            return None
    return None


class LabLoop(asyncio.SelectorEventLoop):
    """An ordinary loop that remembers its tasks, generators and unhandled errors."""

    def __init__(self, world: World, selector: selectors.BaseSelector | None = None):
        self.world = world
        self.generators: weakref.WeakSet[AsyncGenerator[Any, Any]] = weakref.WeakSet()
        self.dropped: list[str] = []
        super().__init__(selector)
        world.loops.append(self)

    def create_task(self, coro: Coroutine[Any, Any, Any], **kwargs: Any) -> Any:
        task = super().create_task(coro, **kwargs)
        self.world.record(task, maker(sys._getframe(1)))
        return task

    def _asyncgen_firstiter_hook(self, agen: AsyncGenerator[Any, Any]) -> None:
        self.generators.add(agen)
        super()._asyncgen_firstiter_hook(agen)  # type: ignore[misc]

    def _asyncgen_finalizer_hook(self, agen: AsyncGenerator[Any, Any]) -> None:
        from grader.harness.leaks import unfinished_generator

        self.world.problems.append(unfinished_generator(agen))
        super()._asyncgen_finalizer_hook(agen)  # type: ignore[misc]

    def close(self) -> None:
        _graveyard.extend(t for t in asyncio.all_tasks(self) if not t.done())
        super().close()


class _Timer(asyncio.TimerHandle):
    """Timers due at the same instant fire in the order in which they were made."""

    __slots__ = ("order",)
    _count = itertools.count()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order = next(self._count)

    def __lt__(self, other: asyncio.TimerHandle) -> bool:
        if isinstance(other, _Timer) and self.when() == other.when():
            return self.order < other.order
        return self.when() < other.when()


class VirtualLoop(NetworkMixin, LabLoop):
    """A loop whose time is its world's clock."""

    def __init__(self, world: World) -> None:
        self.spins = self.jumps = 0
        self.seconds_left = MAX_SECONDS
        self.work = ThreadWork(world)
        self.timeline = Timeline(world)
        self.network = Network(self)
        selector = VirtualSelector(self)
        super().__init__(world, selector)
        self._clock_resolution = 1 / NANO
        self._own_fds = set(selector.get_map())  # the self-pipe

    def time(self) -> float:
        return self.world.ticks / NANO

    def call_at(
        self, when: float, callback: Any, *args: Any, context: Any = None
    ) -> Any:
        self._check_closed()  # type: ignore[attr-defined]
        tick = round(when * NANO) / NANO
        timer = _Timer(tick, callback, args, self, context)
        heapq.heappush(self._scheduled, timer)  # type: ignore[attr-defined]
        timer._scheduled = True  # type: ignore[attr-defined]
        return timer

    def call_later(
        self, delay: float, callback: Any, *args: Any, context: Any = None
    ) -> Any:
        return self.call_at(self.time() + delay, callback, *args, context=context)

    def call_soon(self, callback: Any, *args: Any, context: Any = None) -> Any:
        self.timeline.step(callback)
        return super().call_soon(callback, *args, context=context)

    def create_task(self, coro: Coroutine[Any, Any, Any], **kwargs: Any) -> Any:
        born = self.world.seconds()
        task = super().create_task(coro, **kwargs)
        self.timeline.born(task, born)
        return task

    def wrap_job(self, job: Any, future: asyncio.Future[Any]) -> None:
        """Hold the clock until `job`, a concurrent future, has ended."""
        self.work.add(job, self)

    async def shutdown_default_executor(self, timeout: float | None = None) -> None:
        if self.world.stuck:
            return  # its threads may never end; the report has been made
        await self.work.drained(self)
        await super().shutdown_default_executor()

    def watches_outside(self) -> bool:
        """Whether a pipe, a subprocess or a real socket can still say something."""
        known = self._own_fds | self.network.fds
        selector: selectors.BaseSelector = self._selector  # type: ignore[attr-defined]
        if any(fd not in known for fd in selector.get_map()):
            return True
        return threading.active_count() > 1 and any(
            thread.name.startswith("asyncio-waitpid")
            for thread in threading.enumerate()
        )

    def stop_with(self, kind: type[Stuck], headline: str) -> NoReturn:
        """Raise `kind` with the report of who waits for what."""
        report = deadlock.report(self)
        self.world.stuck = True
        self.spins = self.jumps = 0
        self.seconds_left += 3600  # so that Runner.close() can still cancel everything
        raise kind(f"{headline}\n{report.text}", report.where)


class VirtualSelector(selectors.DefaultSelector):
    """Polls the kernel; when nothing at all can happen, moves the clock instead."""

    def __init__(self, loop: VirtualLoop) -> None:
        super().__init__()
        self.loop = loop
        self._turn_began = 0.0

    def select(self, timeout: float | None = None) -> Any:
        self._check_cpu()
        try:
            return self._select(timeout)
        finally:
            self._turn_began = _thread_time()

    def _select(self, timeout: float | None) -> Any:
        # Asked before polling: the poll then sees what a thread posted before it ended.
        busy = self.loop.work.busy()
        events = super().select(0)
        if events:
            self.loop.spins = 0
            return events
        if timeout is not None and timeout <= 0:
            self._count_spin(busy)
            return events
        self.loop.spins = 0
        if busy:
            return self._wait_for_threads()
        if self.loop.watches_outside():
            return self._at_the_real_rate(timeout)
        return self._jump(timeout)

    def _jump(self, timeout: float | None) -> Any:
        loop = self.loop
        if timeout is None:
            loop.stop_with(
                Deadlock, "Deadlock: every task waits for something that cannot happen."
            )
        loop.world.advance(timeout)
        loop.jumps += 1
        loop.seconds_left -= timeout
        if loop.jumps > MAX_JUMPS or loop.seconds_left < 0:
            loop.stop_with(
                TimeBudget,
                f"Still running after {loop.world.seconds():g} virtual seconds: "
                "does a `while True` with a sleep in it never end?",
            )
        return []

    def _count_spin(self, busy: bool) -> None:
        self.loop.spins += 1
        if self.loop.spins > MAX_SPINS and not busy:
            self.loop.stop_with(
                BusyLoop,
                f"Busy loop: {MAX_SPINS:,} turns of the event loop and the clock never "
                "moved. Wait for an event, not in a loop around `sleep(0)`.",
            )

    def _wait_for_threads(self) -> Any:
        """The clock stands still while a thread works for us."""
        deadline = _real_monotonic() + PATIENCE
        while True:
            # A thread that ends sends no signal: look again every other millisecond.
            pause = 0.002 if self.loop.work.raw_threads() else 0.05
            events = super().select(pause)
            if events or not self.loop.work.busy():
                return events
            if _real_monotonic() > deadline:
                self._lose_patience()
                return events

    def _lose_patience(self) -> None:
        if not self.loop.work.give_up_raw_threads():
            self.loop.stop_with(
                Deadlock,
                f"Deadlock: a job in a thread or process has not ended in {PATIENCE:g} "
                "real seconds.",
            )

    def _at_the_real_rate(self, timeout: float | None) -> Any:
        began = _real_monotonic()
        events = super().select(PATIENCE if timeout is None else timeout)
        if timeout is None and not events:
            self._jump(None)
        passed = _real_monotonic() - began
        self.loop.world.advance(passed if events or timeout is None else timeout)
        return events

    def _check_cpu(self) -> None:
        used = _thread_time() - self._turn_began
        if self._turn_began and used > MAX_TURN_CPU:
            self.loop.world.problems.append(
                Problem(
                    f"One turn of the event loop used {used:.1f} s of CPU: nothing else "
                    "could run meanwhile. Give the others a turn now and then, or "
                    "move the work to a thread or a process."
                )
            )


LoopFactory = Callable[[], LabLoop]


def new_loop(world: World) -> LabLoop:
    """The loop for a world: virtual, unless the world is real."""
    return LabLoop(world) if world.real else VirtualLoop(world)
