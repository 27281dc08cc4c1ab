"""Makes a loop by hand and closes it in any case; makes a task of what it awaits."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")


def run_all(f: Callable[[T], Awaitable[R]], items: list[T]) -> list[R]:
    async def main() -> list[R]:
        futures = [asyncio.ensure_future(f(item)) for item in items]
        return [await future for future in futures]

    loop = asyncio.new_event_loop()
    try:
        return loop.run_until_complete(main())
    finally:
        loop.close()


async def outer(f: Callable[[], Awaitable[R]]) -> R:
    return await asyncio.ensure_future(f())
