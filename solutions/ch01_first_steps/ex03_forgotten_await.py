"""Find the forgotten awaits.

A call without `await` makes a coroutine and drops it: no error, only a
RuntimeWarning ("was never awaited") when Python throws it away. Where the
coroutine is looked at instead, it is simply true: `if is_admin(user)` lets
everybody in, and `filter()`, which cannot await, keeps every number.
"""

from collections.abc import Awaitable, Callable


async def save_all(save: Callable[[str], Awaitable[None]], items: list[str]) -> int:
    """Save each of `items` and then "INDEX"; return how many items there were."""
    for item in items:
        await save(item)
    await save("INDEX")
    return len(items)


async def can_delete(is_admin: Callable[[str], Awaitable[bool]], user: str) -> bool:
    """Return whether `user` may delete pictures: only an admin may."""
    return await is_admin(user)


async def only_even(
    is_even: Callable[[int], Awaitable[bool]], numbers: list[int]
) -> list[int]:
    """Return those of `numbers` that `is_even` confirms."""
    # `await` may stand in the condition of a comprehension, not inside `filter()`.
    return [number for number in numbers if await is_even(number)]
