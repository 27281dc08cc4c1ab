"""Makes all tasks first and then awaits them in order."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

T = TypeVar("T")


async def in_sequence(jobs: list[Callable[[], Awaitable[T]]]) -> list[T]:
    results = []
    for job in jobs:
        results.append(await job())
    return results


async def at_once(jobs: list[Callable[[], Awaitable[T]]]) -> list[T]:
    tasks = [asyncio.ensure_future(job()) for job in jobs]
    return [await task for task in tasks]
