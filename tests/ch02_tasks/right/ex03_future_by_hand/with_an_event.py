"""Await a callback: an event wakes, a list keeps the first answer."""

import asyncio
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


async def call_back(
    register: Callable[[Callable[[T], None], Callable[[Exception], None]], None],
) -> T:
    called = asyncio.Event()
    results: list[T] = []
    errors: list[Exception] = []

    def on_result(value: T) -> None:
        if not called.is_set():
            results.append(value)
            called.set()

    def on_error(error: Exception) -> None:
        if not called.is_set():
            errors.append(error)
            called.set()

    register(on_result, on_error)
    await called.wait()
    for error in errors:
        raise error
    return results[0]
