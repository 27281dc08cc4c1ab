"""Fire, but do not forget."""

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

T = TypeVar("T")


class BackgroundTasks:
    """Tasks that nobody waits for one by one."""

    errors: list[BaseException]

    def __init__(self) -> None:
        self.errors = []
        self._running: set[asyncio.Task[Any]] = set()

    def spawn(
        self, coro: Coroutine[Any, Any, T], *, name: str | None = None
    ) -> asyncio.Task[T]:
        """Start `coro` in the background and return its task."""
        task = asyncio.create_task(coro, name=name)
        # The loop itself holds tasks weakly: without this set a waiting task could
        # be garbage-collected half-way, without an error or a trace.
        self._running.add(task)
        task.add_done_callback(self._ended)
        return task

    def _ended(self, task: asyncio.Task[Any]) -> None:
        """Let go of the task and look at how it ended.

        Looking is the point: an exception that nobody reads is reported only when the
        task object is deleted, to the loop's exception handler, and by then too late.
        """
        self._running.discard(task)
        # Asked first, because exception() of a cancelled task raises CancelledError.
        if not task.cancelled() and (error := task.exception()) is not None:
            self.errors.append(error)

    async def join(self) -> None:
        """Wait until every task has ended."""
        # A loop, since a task may spawn others; wait(), since it never raises theirs.
        while self._running:
            await asyncio.wait(self._running)
