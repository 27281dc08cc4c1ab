"""Fire, but do not forget: a wrapper coroutine does the bookkeeping."""

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

T = TypeVar("T")


class BackgroundTasks:
    def __init__(self) -> None:
        self.errors: list[BaseException] = []
        self._running: dict[int, asyncio.Task[Any]] = {}
        self._count = 0

    def spawn(
        self, coro: Coroutine[Any, Any, T], *, name: str | None = None
    ) -> asyncio.Task[T | None]:
        self._count += 1
        number = self._count
        task = asyncio.create_task(self._watch(coro), name=name)
        self._running[number] = task
        task.add_done_callback(lambda _: self._running.pop(number))
        return task

    async def _watch(self, coro: Coroutine[Any, Any, T]) -> T | None:
        try:
            return await coro
        except Exception as error:
            self.errors.append(error)
            return None

    async def join(self) -> None:
        while self._running:
            await asyncio.gather(*self._running.values(), return_exceptions=True)
