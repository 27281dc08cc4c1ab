"""Start one loop for the whole program.

This script starts an event loop for each photo and closes none, and inside a
coroutine it tries to run the loop that it is already running on.

- `run_all(f, items)`, an ordinary function, runs `f(item)` for all items at the
  same time on one event loop and returns the results in the order of `items`.
  It closes the loop, even when `f` fails; the error of `f` comes out. It can be
  called again, whatever ran before. Without items it returns [].
- `outer(f)` returns the result of `f()`, run on the loop it finds itself on.

    >>> run_all(develop, ["cat.raw", "dog.raw"])  # 3 s for each: after 3 s
    ['cat.png', 'dog.png']
"""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")


def run_all(f: Callable[[T], Awaitable[R]], items: list[T]) -> list[R]:
    """Run `f(item)` for all `items` and return the results."""
    results = []
    for item in items:
        # TODO: one loop will do for all items, and somebody must close it.
        loop = asyncio.new_event_loop()
        results.append(loop.run_until_complete(f(item)))
    return results


async def outer(f: Callable[[], Awaitable[R]]) -> R:
    """Return the result of `f()`."""
    # TODO: this loop is running already; it cannot be run once more.
    return asyncio.get_running_loop().run_until_complete(f())
