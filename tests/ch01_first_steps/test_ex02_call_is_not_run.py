"""1.2: what `resolve()` and `started()` promise."""

import asyncio
import functools
from collections.abc import Callable, Generator
from typing import Any

import pytest

from exercises.ch01_first_steps.ex02_call_is_not_run import resolve, started
from grader.harness import Clock


async def letter(text: str, *, seconds: float = 2) -> str:
    """Arrive after `seconds`."""
    await asyncio.sleep(seconds)
    return text


class Parcel:
    """Can be awaited, though it is neither a coroutine nor a future."""

    def __init__(self, content: str) -> None:
        self.content = content
        self.opened = 0

    def __await__(self) -> Generator[Any, None, str]:
        self.opened += 1
        yield from asyncio.sleep(1).__await__()
        return self.content


async def test_a_plain_value_is_returned_as_it_is() -> None:
    """A value that cannot be awaited is returned as it is: 42, None, [], "" too."""
    values = [42, None, [], "", [1, 2]]

    resolved = [await resolve(value) for value in values]

    assert resolved == values


async def test_a_coroutine_is_awaited(clock: Clock) -> None:
    """`resolve()` waits for a coroutine and returns its result."""
    text: str = await resolve(letter("from Ada"))

    assert text == "from Ada"
    assert clock() == 2.0


async def test_a_task_and_a_future_are_awaited(clock: Clock) -> None:
    """A task and a future can be awaited too, and are."""
    loop = asyncio.get_running_loop()
    future: asyncio.Future[str] = loop.create_future()
    loop.call_later(3, future.set_result, "from Grace")

    task_text: str = await resolve(asyncio.create_task(letter("from Ada")))
    future_text: str = await resolve(future)

    assert [task_text, future_text] == ["from Ada", "from Grace"]
    assert clock() == 3.0


async def test_any_object_with_await_is_awaited_once() -> None:
    """Any object with `__await__` can be awaited, and is awaited just once."""
    parcel = Parcel("a hat")

    content: str = await resolve(parcel)

    assert content == "a hat"
    assert parcel.opened == 1


async def test_an_error_comes_out_unchanged() -> None:
    """An error raised by the awaited work comes out of `resolve()`, whatever it is."""

    async def torn_letter() -> str:
        raise TypeError("cannot read this")

    with pytest.raises(TypeError, match="cannot read this"):
        _: str = await resolve(torn_letter())


def test_started_tells_a_run_from_a_call() -> None:
    """An ordinary function has run when its call returns; an async one has not."""
    log: list[str] = []

    def ring() -> None:
        log.append("ring")

    async def write() -> None:
        log.append("write")

    answers = started([ring, write, ring])

    assert answers == [True, False, True]
    assert log == ["ring", "ring"], "what has run"


def test_started_looks_at_what_the_call_returned() -> None:
    """A lambda or partial that returns a coroutine has only made it: False."""
    calls: list[Callable[[], object]] = [
        lambda: letter("to Ada"),
        functools.partial(letter, "to Grace"),
        list,
    ]

    answers = started(calls)

    assert answers == [False, False, True]
