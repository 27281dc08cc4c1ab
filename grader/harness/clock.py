"""The virtual loop: when nothing else can happen, the clock jumps to the next timer.

Private asyncio names used here, pinned by tests/grader/lab/test_private_names.py:
- `_clock_resolution`: how close a timer must be to count as due; one tick here.
- `_selector`: its `get_map()` tells which file descriptors the loop watches.
- `_scheduled`: the heap of timers, which `call_at` fills; ours breaks ties by age.
- `_check_closed`: raises when the loop is closed.
- `_default_executor`: the pool of `to_thread`, if the answer has chosen one.
"""

from __future__ import annotations

import asyncio
import heapq
import itertools
import selectors
import threading
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from grader.harness.loops import LabLoop
from grader.harness.network import Network, NetworkMixin
from grader.harness.selector import VirtualSelector
from grader.harness.threads import ThreadWork
from grader.harness.timeline import Timeline
from grader.harness.world import NANO, World

_POOL_SIZE = 32  # of `to_thread`; Python's own default depends on the machine


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
        self.work = ThreadWork(world)
        self.timeline = Timeline(world)
        self.network = Network(self)
        self.sleepers: set[threading.Lock] = set()  # of threads asleep in virtual time
        selector = VirtualSelector(self)
        super().__init__(world, selector)
        self._clock_resolution = 1 / NANO
        self._own_fds = set(selector.get_map())  # the self-pipe

    def time(self) -> float:
        return self.world.ticks / NANO

    # Looser than typeshed: everything is handed on as it came.
    def call_at(  # type: ignore[override]
        self, when: float, callback: Any, *args: Any, context: Any = None
    ) -> Any:
        self._check_closed()  # type: ignore[attr-defined]
        tick = round(when * NANO) / NANO
        timer = _Timer(tick, callback, args, self, context)
        heapq.heappush(self._scheduled, timer)  # type: ignore[attr-defined]
        timer._scheduled = True  # type: ignore[attr-defined]
        return timer

    def call_later(  # type: ignore[override]
        self, delay: float, callback: Any, *args: Any, context: Any = None
    ) -> Any:
        return self.call_at(self.time() + delay, callback, *args, context=context)

    def call_soon(self, callback: Any, *args: Any, context: Any = None) -> Any:  # type: ignore[override]
        self.timeline.step(callback)
        return super().call_soon(callback, *args, context=context)

    def create_task(self, coro: Coroutine[Any, Any, Any], **kwargs: Any) -> Any:  # type: ignore[override]
        born = self.world.seconds()
        task = super().create_task(coro, **kwargs)
        self.timeline.born(task, born)
        return task

    def run_in_executor(self, executor: Any, func: Any, *args: Any) -> Any:  # type: ignore[override]
        if executor is None and self._default_executor is None:  # type: ignore[attr-defined]
            self.set_default_executor(ThreadPoolExecutor(_POOL_SIZE, "to_thread"))
        return super().run_in_executor(executor, func, *args)

    def wrap_job(self, job: Any, future: asyncio.Future[Any]) -> None:
        """Hold the clock until `job`, a concurrent future, has ended."""
        self.work.add(job, self)

    async def shutdown_default_executor(self, timeout: float | None = None) -> None:
        if self.world.stuck:
            return  # its threads may never end; the report has been made
        await self.work.drained(self)
        await super().shutdown_default_executor()

    def forgive(self) -> None:
        super().forgive()
        self.network.forgive()

    def close(self) -> None:
        if not self.is_closed():
            self.world.problems.extend(self.network.left_open())
            self.network.close()
        super().close()
        for sleeper in list(self.sleepers):
            sleeper.release()

    def forget(self) -> None:
        super().forget()
        self.timeline.forget()

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


def new_loop(world: World) -> LabLoop:
    """The loop for a world: virtual, unless the world is real."""
    return LabLoop(world) if world.real else VirtualLoop(world)
