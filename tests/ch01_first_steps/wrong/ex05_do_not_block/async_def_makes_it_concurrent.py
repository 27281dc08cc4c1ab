"""Expects async def to make a computation give way.

Without an `await` that waits, a coroutine runs to its end like any function. Let the
others in between: `await asyncio.sleep(0)` every so often.

Fails: test_others_get_a_turn_every_thousand_numbers
"""

import asyncio


async def pause(seconds):
    await asyncio.sleep(seconds)


async def checksum(numbers):
    total = 0
    for number in numbers:
        total = (total + number) % 65_521
    return total
