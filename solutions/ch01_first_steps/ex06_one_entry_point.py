"""Start one loop for the whole program.

There is one `asyncio.run()`, at the border between ordinary and async code;
everything behind it is awaited. `f(item)` and `gather()` belong inside `main()`:
the tempting `asyncio.run(asyncio.gather(...))` calls `gather()` before there is a
loop. And a loop per item, `[asyncio.run(f(item)) for item in items]`, runs them
one after another, and breaks whatever they share that belongs to one loop.
"""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")


def run_all(f: Callable[[T], Awaitable[R]], items: list[T]) -> list[R]:
    """Run `f(item)` for all `items` and return the results."""

    async def main() -> list[R]:
        return await asyncio.gather(*(f(item) for item in items))

    return asyncio.run(main())


async def outer(f: Callable[[], Awaitable[R]]) -> R:
    """Return the result of `f()`."""
    return await f()
