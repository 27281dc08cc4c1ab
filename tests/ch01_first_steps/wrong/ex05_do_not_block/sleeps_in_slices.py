"""Blocks for a moment again and again, with a turn for the others in between.

Every `time.sleep()` stops the loop, a short one too, and the others come late. Let
the loop do the waiting: one `await asyncio.sleep(seconds)`.

Fails: test_pause_takes_its_time
"""

import asyncio
import time


async def pause(seconds):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        time.sleep(0.25)
        await asyncio.sleep(0)


async def checksum(numbers):
    total = 0
    for place, number in enumerate(numbers, start=1):
        total = (total + number) % 65_521
        if place % 1_000 == 0:
            await asyncio.sleep(0)
    return total
