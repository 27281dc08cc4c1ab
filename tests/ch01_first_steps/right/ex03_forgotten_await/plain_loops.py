"""Awaits in plain loops, and keeps the awaited answer in a variable."""

from collections.abc import Awaitable, Callable


async def save_all(save: Callable[[str], Awaitable[None]], items: list[str]) -> int:
    count = 0
    for item in items:
        await save(item)
        count += 1
    await save("INDEX")
    return count


async def can_delete(is_admin: Callable[[str], Awaitable[bool]], user: str) -> bool:
    allowed = await is_admin(user)
    return bool(allowed)


async def only_even(
    is_even: Callable[[int], Awaitable[bool]], numbers: list[int]
) -> list[int]:
    kept = []
    for number in numbers:
        if await is_even(number):
            kept.append(number)
    return kept
