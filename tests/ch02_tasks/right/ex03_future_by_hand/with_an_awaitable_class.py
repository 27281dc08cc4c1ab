"""Await a callback: a class of its own yields the future to the loop."""

import asyncio
from collections.abc import Callable, Generator
from typing import Any, Generic, TypeVar

T = TypeVar("T")


class Answer(Generic[T]):
    def __init__(self) -> None:
        self._future: asyncio.Future[T] = asyncio.get_running_loop().create_future()

    def result(self, value: T) -> None:
        if not self._future.done():
            self._future.set_result(value)

    def error(self, error: Exception) -> None:
        if not self._future.done():
            self._future.set_exception(error)

    def __await__(self) -> Generator[Any, None, T]:
        return self._future.__await__()


async def call_back(
    register: Callable[[Callable[[T], None], Callable[[Exception], None]], None],
) -> T:
    answer = Answer[T]()
    register(answer.result, answer.error)
    return await answer
