"""Makes each slice of numbers a task; waits for a timeout in place of a sleep."""

import asyncio
import contextlib


async def pause(seconds: float) -> None:
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await asyncio.Event().wait()


async def checksum(numbers: list[int]) -> int:
    total = 0
    for start in range(0, len(numbers), 1_000):
        task = asyncio.create_task(add_up(numbers[start : start + 1_000]))
        total = (total + await task) % 65_521
    return total


async def add_up(numbers: list[int]) -> int:
    total = 0
    for number in numbers:
        total += number
    return total
