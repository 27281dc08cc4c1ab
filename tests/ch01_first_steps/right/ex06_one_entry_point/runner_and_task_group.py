"""Uses a Runner by hand and a task group for the items."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")


async def call(f: Callable[[T], Awaitable[R]], item: T) -> R:
    return await f(item)


async def call_all(f: Callable[[T], Awaitable[R]], items: list[T]) -> list[R]:
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(call(f, item)) for item in items]
    return [task.result() for task in tasks]


def run_all(f: Callable[[T], Awaitable[R]], items: list[T]) -> list[R]:
    with asyncio.Runner() as runner:
        return runner.run(call_all(f, items))


async def outer(f: Callable[[], Awaitable[R]]) -> R:
    (result,) = await asyncio.gather(f())
    return result
