"""Starts the saves as tasks and does not wait for them.

A task runs on its own: `save_all()` returns before anything is saved, and nobody sees
a save fail. Await each save.

Fails: test_items_and_index_are_saved_in_order
"""

import asyncio


async def save_all(save, items):
    for item in items + ["INDEX"]:
        asyncio.create_task(save(item))
    return len(items)


async def can_delete(is_admin, user):
    return await is_admin(user)


async def only_even(is_even, numbers):
    return [number for number in numbers if await is_even(number)]
