"""Find the forgotten awaits.

This photo archive was ported to asyncio in a hurry: four awaits are missing. It
saves nothing, lets guests delete pictures, and takes 3 for an even number.

- `save_all()` saves the items in order, each save ended before the next begins,
  and "INDEX" last, even when there are no items. It returns the number of items.
  If a save fails, its error comes out and nothing more is saved.
- `can_delete()` returns True if the user is an admin, else False.
- `only_even()` returns, in their order, the numbers that `is_even` confirms.

    >>> await save_all(upload, ["sea", "sky"])  # 2 s for each upload: after 6 s
    2
"""

from collections.abc import Awaitable, Callable


async def save_all(save: Callable[[str], Awaitable[None]], items: list[str]) -> int:
    """Save each of `items` and then "INDEX"; return how many items there were."""
    for item in items:
        save(item)  # TODO: nothing is saved.
    save("INDEX")  # TODO: nor is the index.
    return len(items)


async def can_delete(is_admin: Callable[[str], Awaitable[bool]], user: str) -> bool:
    """Return whether `user` may delete pictures: only an admin may."""
    if is_admin(user):  # TODO: this is true for everybody.
        return True
    return False


async def only_even(
    is_even: Callable[[int], Awaitable[bool]], numbers: list[int]
) -> list[int]:
    """Return those of `numbers` that `is_even` confirms."""
    return list(filter(is_even, numbers))  # TODO: this keeps every number.
