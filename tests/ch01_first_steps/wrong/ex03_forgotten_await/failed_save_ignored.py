"""Goes on after a save that failed.

If a save fails, the caller must know, and nothing more may be saved: let the error out.

Fails: test_a_failed_save_ends_it
"""


async def save_all(save, items):
    for item in items + ["INDEX"]:
        try:
            await save(item)
        except OSError:
            pass
    return len(items)


async def can_delete(is_admin, user):
    return await is_admin(user)


async def only_even(is_even, numbers):
    return [number for number in numbers if await is_even(number)]
