"""Asks for the time again and again until it has come.

The others get their turns, but the processor never rests. Let the loop wake you up:
`await asyncio.sleep(seconds)`.

Fails: test_pause_takes_its_time
"""

import asyncio
import time


async def pause(seconds):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        await asyncio.sleep(0)


async def checksum(numbers):
    total = 0
    for place, number in enumerate(numbers, start=1):
        total = (total + number) % 65_521
        if place % 1_000 == 0:
            await asyncio.sleep(0)
    return total
