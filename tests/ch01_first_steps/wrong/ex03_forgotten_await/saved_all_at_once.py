"""Saves everything at the same time.

A save must have ended before the next begins: await them one by one.

Fails: test_items_and_index_are_saved_in_order
"""

import asyncio


async def save_all(save, items):
    await asyncio.gather(*(save(item) for item in items + ["INDEX"]))
    return len(items)


async def can_delete(is_admin, user):
    return await is_admin(user)


async def only_even(is_even, numbers):
    return [number for number in numbers if await is_even(number)]
