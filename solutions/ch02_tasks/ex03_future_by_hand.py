"""Await a callback."""

import asyncio
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


async def call_back(
    register: Callable[[Callable[[T], None], Callable[[Exception], None]], None],
) -> T:
    """Return what `on_result` is given, or raise what `on_error` is given."""
    answer: asyncio.Future[T] = asyncio.get_running_loop().create_future()

    # A cancelled waiter cancels its future, so done() covers both: answered already,
    # and nobody waits any more. A flag of our own would miss the second, and
    # set_result() would raise InvalidStateError into the library that called us.
    def on_result(value: T) -> None:
        if not answer.done():
            answer.set_result(value)

    def on_error(error: Exception) -> None:
        if not answer.done():
            answer.set_exception(error)

    register(on_result, on_error)
    return await answer
