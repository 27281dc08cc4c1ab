"""Waits for a timer of its own; gives way after every hundredth number."""

import asyncio


async def pause(seconds: float) -> None:
    loop = asyncio.get_running_loop()
    over = asyncio.Event()
    loop.call_later(seconds, over.set)
    await over.wait()


async def checksum(numbers: list[int]) -> int:
    total = 0
    for place, number in enumerate(numbers, start=1):
        total = (total + number) % 65_521
        if place % 100 == 0:
            await asyncio.sleep(0)
    return total
