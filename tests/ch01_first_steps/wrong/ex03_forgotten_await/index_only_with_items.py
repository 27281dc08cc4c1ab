"""Gives up early when there is nothing to save.

The index is saved even when there are no items: leave out the shortcut.

Fails: test_without_items_the_index_is_still_saved
"""


async def save_all(save, items):
    if not items:
        return 0
    for item in items:
        await save(item)
    await save("INDEX")
    return len(items)


async def can_delete(is_admin, user):
    return await is_admin(user)


async def only_even(is_even, numbers):
    return [number for number in numbers if await is_even(number)]
