"""Blocks as before, but in other threads, so that the loop stays free."""

import asyncio
import time


async def pause(seconds: float) -> None:
    await asyncio.to_thread(time.sleep, seconds)


async def checksum(numbers: list[int]) -> int:
    return await asyncio.to_thread(lambda: sum(numbers) % 65_521)
