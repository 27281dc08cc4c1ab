"""Takes a nap so that the others get their turn.

`asyncio.sleep(0.01)` gives a turn but costs time, again and again;
`asyncio.sleep(0)` gives just the turn.

Fails: test_the_clock_stands_still_during_checksum
"""

import asyncio


async def pause(seconds):
    await asyncio.sleep(seconds)


async def checksum(numbers):
    total = 0
    for place, number in enumerate(numbers, start=1):
        total = (total + number) % 65_521
        if place % 1_000 == 0:
            await asyncio.sleep(0.01)
    return total
