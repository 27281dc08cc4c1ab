"""Tests the coroutine instead of its result.

A coroutine object is always true, so everybody may delete: `if await is_admin(user)`.

Fails: test_only_an_admin_can_delete
"""


async def save_all(save, items):
    for item in items:
        await save(item)
    await save("INDEX")
    return len(items)


async def can_delete(is_admin, user):
    if is_admin(user):
        return True
    return False


async def only_even(is_even, numbers):
    return [number for number in numbers if await is_even(number)]
