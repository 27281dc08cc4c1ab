"""Wraps time.sleep() in a timeout.

A timeout can end only an `await`; blocking code runs to its end all the same. Use
`await asyncio.sleep()`.

Fails: test_pause_takes_its_time
"""

import asyncio
import time


async def pause(seconds):
    async with asyncio.timeout(seconds + 1):
        time.sleep(seconds)


async def checksum(numbers):
    total = 0
    for place, number in enumerate(numbers, start=1):
        total = (total + number) % 65_521
        if place % 1_000 == 0:
            await asyncio.sleep(0)
    return total
