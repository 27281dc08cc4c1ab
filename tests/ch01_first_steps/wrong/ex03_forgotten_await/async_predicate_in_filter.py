"""Gives an async function to filter().

`filter()`, `map()` and `sorted()` call it but cannot await it, and every coroutine
is true. Await in a loop, or in the condition of a comprehension.

Fails: test_odd_numbers_are_left_out
"""


async def save_all(save, items):
    for item in items:
        await save(item)
    await save("INDEX")
    return len(items)


async def can_delete(is_admin, user):
    return await is_admin(user)


async def only_even(is_even, numbers):
    return list(filter(is_even, numbers))
