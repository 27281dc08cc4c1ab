"""Run jobs one after another, then all at once.

`await` means: wait here until this one is done. So `[await job() for job in jobs]`
is a sequence, however short it looks. `gather()` is given coroutines that nobody
has awaited yet; it makes a task of each, and only then waits. To put the `await`
inside, `gather(*[await job() for job in jobs])`, runs the jobs in sequence and
then hands it plain results.
"""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

T = TypeVar("T")


async def in_sequence(jobs: list[Callable[[], Awaitable[T]]]) -> list[T]:
    """Run `jobs` one after another and return their results."""
    return [await job() for job in jobs]


async def at_once(jobs: list[Callable[[], Awaitable[T]]]) -> list[T]:
    """Run `jobs` at the same time and return their results."""
    return await asyncio.gather(*(job() for job in jobs))
