"""Awaits a coroutine that never waits.

`await` gives the others a turn only if something below it really waits;
`await asyncio.sleep(0)` does, a coroutine that only computes does not.

Fails: test_others_get_a_turn_every_thousand_numbers
"""

import asyncio


async def pause(seconds):
    await asyncio.sleep(seconds)


async def add(total, number):
    return (total + number) % 65_521


async def checksum(numbers):
    total = 0
    for number in numbers:
        total = await add(total, number)
    return total
