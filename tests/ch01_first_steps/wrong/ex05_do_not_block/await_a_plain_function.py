"""Puts await in front of time.sleep().

`time.sleep()` is an ordinary function: it blocks first, and what it returns, None,
cannot be awaited. Use `await asyncio.sleep()`.

Fails: test_pause_takes_its_time
"""

import asyncio
import time


async def pause(seconds):
    await time.sleep(seconds)


async def checksum(numbers):
    total = 0
    for place, number in enumerate(numbers, start=1):
        total = (total + number) % 65_521
        if place % 1_000 == 0:
            await asyncio.sleep(0)
    return total
