"""Run jobs one after another, then all at once.

A kitchen has a list of jobs. Each is a function without parameters; calling it
gives a coroutine that does the work. A cook alone takes the sum of their times;
a full kitchen takes as long as the longest job.

`in_sequence()` calls a job only when the one before it has ended.
`at_once()` starts all jobs before it waits for any.
Both run each job once and return the results in the order of `jobs`, whichever
job ends first; without jobs they return [] at once.

    >>> await in_sequence([boil_eggs, toast_bread])  # 6 s and 2 s: after 8 s
    ['eggs', 'toast']
    >>> await at_once([boil_eggs, toast_bread])  # after 6 s
    ['eggs', 'toast']
"""

from collections.abc import Awaitable, Callable
from typing import TypeVar

T = TypeVar("T")


async def in_sequence(jobs: list[Callable[[], Awaitable[T]]]) -> list[T]:
    """Run `jobs` one after another and return their results."""
    # TODO: wait for each job to end before you call the next.
    raise NotImplementedError("in_sequence")


async def at_once(jobs: list[Callable[[], Awaitable[T]]]) -> list[T]:
    """Run `jobs` at the same time and return their results."""
    # TODO: get all jobs going, then wait until the last one has ended.
    raise NotImplementedError("at_once")
