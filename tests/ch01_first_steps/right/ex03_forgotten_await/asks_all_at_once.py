"""Asks about all numbers at the same time; makes each save a task and awaits it."""

import asyncio
import itertools
from collections.abc import Awaitable, Callable


async def save_all(save: Callable[[str], Awaitable[None]], items: list[str]) -> int:
    for item in [*items, "INDEX"]:
        await asyncio.ensure_future(save(item))
    return len(items)


async def can_delete(is_admin: Callable[[str], Awaitable[bool]], user: str) -> bool:
    (answer,) = await asyncio.gather(is_admin(user))
    return answer


async def only_even(
    is_even: Callable[[int], Awaitable[bool]], numbers: list[int]
) -> list[int]:
    answers = await asyncio.gather(*(is_even(number) for number in numbers))
    return list(itertools.compress(numbers, answers))
