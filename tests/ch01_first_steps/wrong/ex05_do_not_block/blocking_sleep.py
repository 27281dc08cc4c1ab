"""Waits with time.sleep().

It stops the whole thread, and with it the event loop and everybody on it. Use
`await asyncio.sleep()`.

Fails: test_pause_takes_its_time
"""

import asyncio
import time


async def pause(seconds):
    time.sleep(seconds)


async def checksum(numbers):
    total = 0
    for place, number in enumerate(numbers, start=1):
        total = (total + number) % 65_521
        if place % 1_000 == 0:
            await asyncio.sleep(0)
    return total
