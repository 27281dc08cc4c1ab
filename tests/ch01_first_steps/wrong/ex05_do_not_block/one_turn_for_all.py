"""Lets the others in once, then computes without a break.

However many numbers there are, no more than 1,000 may be added in a row: the turn for
the others belongs inside the loop.

Fails: test_others_get_a_turn_every_thousand_numbers
"""

import asyncio


async def pause(seconds):
    await asyncio.sleep(seconds)


async def checksum(numbers):
    await asyncio.sleep(0)
    return sum(numbers) % 65_521
