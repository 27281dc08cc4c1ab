"""Collects the numbers in the order in which they are confirmed.

Quick answers overtake slow ones. Keep to the order of `numbers`.

Fails: test_odd_numbers_are_left_out
"""

import asyncio


async def save_all(save, items):
    for item in items:
        await save(item)
    await save("INDEX")
    return len(items)


async def can_delete(is_admin, user):
    return await is_admin(user)


async def only_even(is_even, numbers):
    kept = []

    async def check(number):
        if await is_even(number):
            kept.append(number)

    await asyncio.gather(*(check(number) for number in numbers))
    return kept
