"""Work outside the loop: while a thread or process works for us, the clock stops.

A thread *rests* while it sleeps in virtual time or waits for another thread (an event,
a queue, a future's result): it cannot go on before the loop does something.

Private names used here, pinned by tests/grader/lab/test_private_names.py:
- `Thread._target`: what a thread runs, which tells pool workers from others.
- `Executor._max_workers`: how many of an executor's jobs can run at once.
"""

from __future__ import annotations

import asyncio
import concurrent.futures
import contextlib
import functools
import threading
import weakref
from typing import TYPE_CHECKING, Any

from grader.harness.world import World, current

if TYPE_CHECKING:
    from grader.harness.clock import VirtualLoop

Job = concurrent.futures.Future[Any]

# Threads of these modules serve an executor or wait for a process: they never count.
_WORKERS = "concurrent.futures.thread"
_SERVANTS = {
    _WORKERS,
    "asyncio.unix_events",
    "concurrent.futures.process",
    "multiprocessing.queues",
    "pytest_timeout",
}


class ThreadWork:
    """The jobs and threads that one loop has to wait for."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._jobs: dict[Any, set[Job]] = {}  # by executor
        self._before = set(threading.enumerate())
        self._given_up: weakref.WeakSet[threading.Thread] = weakref.WeakSet()
        self._ended: asyncio.Future[None] | None = None
        self.submitting: set[int] = set()  # threads about to add a job

    def add(self, job: Job, loop: VirtualLoop) -> None:
        """Count `job` until the loop has seen its end.

        Called when it is submitted, and again by each `wrap_future`: the loop must
        know of the result before it stops waiting for it.
        A future that no executor works on does not count: whoever fills it does.
        """
        executor = executor_of(job)
        if executor is None:
            return
        self._jobs.setdefault(executor, set()).add(job)
        wraps = _wraps.get(job, 0)
        end = functools.partial(self._post_end, loop, executor, wraps)
        job.add_done_callback(end)

    def _post_end(self, loop: VirtualLoop, executor: Any, wraps: int, job: Job) -> None:
        if wraps < _wraps.get(job, 0):
            return  # it was wrapped after that: a later callback will tell
        with contextlib.suppress(RuntimeError):  # the loop may be closed by now
            loop.call_soon_threadsafe(self._end, executor, job)

    def _end(self, executor: Any, job: Job) -> None:
        self._jobs[executor].discard(job)
        if self._ended is not None and not self._ended.done():
            self._ended.set_result(None)

    def unfinished(self) -> int:
        """How many jobs have not ended."""
        return sum(not job.done() for jobs in self._jobs.values() for job in jobs)

    async def drained(self, loop: VirtualLoop) -> None:
        """Wait until every job has ended."""
        while any(self._jobs.values()):
            self._ended = loop.create_future()
            await self._ended

    def busy(self) -> bool:
        """Whether some thread can go on without the loop's help."""
        if threading.active_count() == 1 and not any(self._jobs.values()):
            return False
        # In this order, whatever happens in between errs on the side of waiting: a
        # thread is known before it rests, and a job before `submitting` forgets it.
        threads = self._world.threads()
        resting = self._world.who_rests()
        if any(t.ident not in resting for t in threads if self._is_raw(t)):
            return True
        # Of the servants only workers run jobs; a feeder of processes may rest as well.
        asleep = sum(t.ident in resting for t in threads if _module(t) == _WORKERS)
        return bool(self.submitting) or self._running_jobs() > asleep

    def _running_jobs(self) -> int:
        return sum(
            min(len(jobs), getattr(executor, "_max_workers", len(jobs)))
            for executor, jobs in list(self._jobs.items())
        )

    def raw_threads(self) -> list[threading.Thread]:
        """Threads that the code under test started itself."""
        if threading.active_count() == 1:
            return []
        return [thread for thread in self._world.threads() if self._is_raw(thread)]

    def _is_raw(self, thread: threading.Thread) -> bool:
        if thread is threading.current_thread() or thread in self._given_up:
            return False
        ours = thread not in self._before or self._serves(thread)
        return ours and not is_servant(thread)

    def _serves(self, thread: threading.Thread) -> bool:
        """Whether the main thread has left its loop to another thread."""
        outermost = getattr(self._world.running_loop(), "work", None)
        return thread is threading.main_thread() and outermost is self

    def give_up_raw_threads(self) -> bool:
        """Stop waiting for threads that seem to run for ever, like a server's."""
        threads = self.raw_threads()
        self._given_up.update(threads)
        return bool(threads)


def is_servant(thread: threading.Thread) -> bool:
    """Whether `thread` works for an executor or the like, not on its own account."""
    return _module(thread) in _SERVANTS


def _module(thread: threading.Thread) -> str:
    """The module whose code `thread` runs."""
    target = getattr(thread, "_target", None)
    return getattr(target, "__module__", None) or type(thread).__module__


_executors: weakref.WeakKeyDictionary[Job, Any] = weakref.WeakKeyDictionary()
_wraps: weakref.WeakKeyDictionary[Job, int] = weakref.WeakKeyDictionary()


def executor_of(job: Job) -> Any:
    """The executor that runs `job`, or None when it was not submitted to one."""
    return _executors.get(job)


def unfinished_jobs_of(executor: Any) -> bool:
    """Whether `executor` still works on something that was submitted to it."""
    return any(
        not job.done() for job, owner in list(_executors.items()) if owner is executor
    )


def _remember_executor(cls: Any) -> None:
    real = cls.submit

    @functools.wraps(real)
    def submit(self: Any, fn: Any, /, *args: Any, **kwargs: Any) -> Job:
        world, me = current(), threading.get_ident()
        loop: Any = world and world.running_loop()
        work: ThreadWork | None = getattr(loop, "work", None)
        if work is not None:
            work.submitting.add(me)
        try:
            job: Job = real(self, fn, *args, **kwargs)
            _executors[job] = self
            if work is not None:
                work.add(job, loop)
        finally:
            if work is not None:
                work.submitting.discard(me)
        return job

    cls.submit = submit


def _follow_jobs() -> None:
    """Every job that a loop waits for passes through `wrap_future`."""
    real = asyncio.futures.wrap_future

    @functools.wraps(real)
    def wrap_future(future: Any, *, loop: Any = None) -> Any:
        if isinstance(future, concurrent.futures.Future):
            _wraps[future] = _wraps.get(future, 0) + 1
        wrapped = real(future, loop=loop)
        follow = getattr(wrapped.get_loop(), "wrap_job", None)
        if follow is not None and isinstance(future, concurrent.futures.Future):
            follow(future, wrapped)
        return wrapped

    asyncio.futures.wrap_future = wrap_future
    asyncio.wrap_future = wrap_future


def install() -> None:
    """Patch executors and `asyncio.wrap_future`, once, for all loops."""
    _remember_executor(concurrent.futures.ThreadPoolExecutor)
    _remember_executor(concurrent.futures.ProcessPoolExecutor)
    _follow_jobs()
