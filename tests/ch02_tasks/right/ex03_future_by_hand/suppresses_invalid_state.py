"""Await a callback: asks for forgiveness when the future is done already."""

import asyncio
import contextlib
from collections.abc import Callable
from typing import Any, TypeVar

T = TypeVar("T")


async def call_back(
    register: Callable[[Callable[[T], None], Callable[[Exception], None]], None],
) -> T:
    answer = asyncio.Future[T]()

    def forgiving(settle: Callable[[Any], None]) -> Callable[[Any], None]:
        def callback(outcome: Any) -> None:
            with contextlib.suppress(asyncio.InvalidStateError):
                settle(outcome)

        return callback

    register(forgiving(answer.set_result), forgiving(answer.set_exception))
    return await asyncio.wait_for(answer, None)
