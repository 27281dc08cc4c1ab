"""Returns the coroutine of is_admin() instead of its answer.

`async def` does not await what you return; the caller gets a coroutine, which is
always true. Write `return await is_admin(user)`.

Fails: test_only_an_admin_can_delete
"""


async def save_all(save, items):
    for item in items:
        await save(item)
    await save("INDEX")
    return len(items)


async def can_delete(is_admin, user):
    return is_admin(user)


async def only_even(is_even, numbers):
    return [number for number in numbers if await is_even(number)]
