"""Fire, but do not forget: `join()` waits for one task after another."""

import asyncio
import contextlib
from collections.abc import Coroutine
from typing import Any, TypeVar

T = TypeVar("T")


class BackgroundTasks(set[asyncio.Task[Any]]):
    def __init__(self) -> None:
        super().__init__()
        self.errors: list[BaseException] = []

    def spawn(
        self, coro: Coroutine[Any, Any, T], *, name: str | None = None
    ) -> asyncio.Task[T]:
        task = asyncio.ensure_future(coro)
        if name:
            task.set_name(name)
        self.add(task)

        @task.add_done_callback
        def ended(_: asyncio.Task[T]) -> None:
            self.remove(task)
            with contextlib.suppress(asyncio.CancelledError):
                if error := task.exception():
                    self.errors.append(error)

        return task

    async def join(self) -> None:
        while self:
            await asyncio.wait({next(iter(self))})
