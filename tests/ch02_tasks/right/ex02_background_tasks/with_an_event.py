"""Fire, but do not forget: `join()` waits for a sign that nobody is left."""

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

T = TypeVar("T")


class BackgroundTasks:
    def __init__(self) -> None:
        self.errors: list[BaseException] = []
        self._running: list[asyncio.Task[Any]] = []
        self._idle = asyncio.Event()
        self._idle.set()

    def spawn(
        self, coro: Coroutine[Any, Any, T], *, name: str | None = None
    ) -> asyncio.Task[T]:
        task = asyncio.get_running_loop().create_task(coro, name=name)
        self._running.append(task)
        self._idle.clear()
        task.add_done_callback(self._forget)
        task.add_done_callback(self._listen)
        return task

    def _listen(self, task: asyncio.Task[Any]) -> None:
        try:
            task.result()
        except asyncio.CancelledError:
            pass
        except BaseException as error:
            self.errors.append(error)

    def _forget(self, task: asyncio.Task[Any]) -> None:
        self._running.remove(task)
        if not self._running:
            self._idle.set()

    async def join(self) -> None:
        await self._idle.wait()
