"""Waits in steps of a whole second.

A pause may last 2.5 seconds: hand `seconds` on as it is.

Fails: test_pause_takes_its_time
"""

import asyncio


async def pause(seconds):
    for _ in range(int(seconds)):
        await asyncio.sleep(1)


async def checksum(numbers):
    total = 0
    for place, number in enumerate(numbers, start=1):
        total = (total + number) % 65_521
        if place % 1_000 == 0:
            await asyncio.sleep(0)
    return total
