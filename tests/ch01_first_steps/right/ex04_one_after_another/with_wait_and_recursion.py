"""Waits for a dictionary of tasks; walks through the sequence by recursion."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

T = TypeVar("T")


async def in_sequence(jobs: list[Callable[[], Awaitable[T]]]) -> list[T]:
    match jobs:
        case []:
            return []
        case [job, *later]:
            return [await job(), *await in_sequence(later)]
    raise TypeError("not a list of jobs")


async def at_once(jobs: list[Callable[[], Awaitable[T]]]) -> list[T]:
    tasks = {place: asyncio.ensure_future(job()) for place, job in enumerate(jobs)}
    if tasks:
        await asyncio.wait(tasks.values())
    return [tasks[place].result() for place in sorted(tasks)]
