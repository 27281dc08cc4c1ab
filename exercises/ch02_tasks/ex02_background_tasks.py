"""Fire, but do not forget.

A shop answers each order at once and sends the receipt in the background.
`spawn()` starts such a task under the given name and returns it without waiting;
awaiting it gives the coroutine's result. A task runs to its end even if nothing
but its `BackgroundTasks` holds it, and is let go once it has ended.

`errors` holds the exceptions of failed tasks in the order of their failures, each
as soon as its task has ended, whether or not anybody calls `join()`. A cancelled
task has not failed. `join()` returns when no task is left, including those spawned
while it waits. It never raises their errors, and may be called again and again.
Every `BackgroundTasks` has its own tasks and its own errors.

    >>> task = background.spawn(send_receipt(7), name="receipt 7")  # at once
    >>> await background.join()  # after 4 s, when the receipt has been sent
"""

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

T = TypeVar("T")


class BackgroundTasks:
    """Tasks that nobody waits for one by one."""

    errors: list[BaseException]

    def spawn(
        self, coro: Coroutine[Any, Any, T], *, name: str | None = None
    ) -> asyncio.Task[T]:
        """Start `coro` in the background and return its task."""
        # TODO: start the task, keep it until it ends, and notice its error.
        raise NotImplementedError("spawn")

    async def join(self) -> None:
        """Wait until every task has ended."""
        # TODO: wait for all of them, also for late arrivals.
        raise NotImplementedError("join")
