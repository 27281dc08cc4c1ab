"""Asks for `__await__` by name, and for the type of a coroutine."""

import types
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar, cast

T = TypeVar("T")


async def resolve(x: T | Awaitable[T]) -> T:
    if not hasattr(type(x), "__await__"):
        return cast(T, x)
    return await cast(Awaitable[T], x)


def started(calls: list[Callable[[], object]]) -> list[bool]:
    answers = []
    for call in calls:
        made: Any = call()
        only_made = type(made) is types.CoroutineType
        if only_made:
            made.close()
        answers.append(not only_made)
    return answers
