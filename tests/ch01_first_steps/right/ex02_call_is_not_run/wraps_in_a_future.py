"""Turns every awaitable into a future, and matches on the kind of result."""

import asyncio
import inspect
from collections.abc import Awaitable, Callable, Coroutine
from typing import TypeVar

T = TypeVar("T")


async def resolve(x: T | Awaitable[T]) -> T:
    if inspect.isawaitable(x):
        return await asyncio.ensure_future(x)
    return x


def started(calls: list[Callable[[], object]]) -> list[bool]:
    return [has_run(call()) for call in calls]


def has_run(made: object) -> bool:
    match made:
        case Coroutine():
            made.close()
            return False
        case _:
            return True
