"""Awaits the items but forgets the index.

Look at every call of an async function: `save("INDEX")` without `await` does nothing.

Fails: test_items_and_index_are_saved_in_order
"""


async def save_all(save, items):
    for item in items:
        await save(item)
    save("INDEX")
    return len(items)


async def can_delete(is_admin, user):
    return await is_admin(user)


async def only_even(is_even, numbers):
    return [number for number in numbers if await is_even(number)]
