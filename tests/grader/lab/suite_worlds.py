"""Tests that fail and hold on to much, each before one that must not notice."""

import asyncio
import time
from collections.abc import AsyncIterator

from exercises.ch01_own.ex01_own import fetch  # type: ignore[import-not-found]


async def numbers() -> AsyncIterator[int]:
    try:
        yield 1
        yield 2
    finally:
        await asyncio.sleep(0)


async def test_fails_with_a_coroutine() -> None:
    forgotten = fetch(1)
    assert forgotten is None


async def test_passes_after_the_coroutine() -> None:
    assert await fetch(1) == 1


def test_fails_with_a_coroutine_in_a_sync_test() -> None:
    forgotten = fetch(1)
    assert forgotten is None


def test_passes_after_the_coroutine_in_a_sync_test() -> None:
    assert asyncio.run(fetch(1)) == 1


async def test_fails_with_a_task() -> None:
    task = asyncio.create_task(fetch(1))
    await asyncio.sleep(0)
    assert task is None


async def test_passes_after_the_task() -> None:
    assert await fetch(1) == 1


async def test_fails_with_an_error_that_nobody_looked_at() -> None:
    broken = asyncio.get_running_loop().create_future()
    broken.set_exception(ValueError("nobody looks"))
    assert broken is None


async def test_passes_after_the_error() -> None:
    assert await fetch(1) == 1


async def test_fails_with_a_generator() -> None:
    generator = numbers()
    await anext(generator)
    assert generator is None


async def test_passes_after_the_generator() -> None:
    assert await fetch(1) == 1


async def test_fails_with_a_thread_asleep() -> None:
    job = asyncio.create_task(asyncio.to_thread(time.sleep, 9))
    await asyncio.sleep(1)
    assert job is None


async def test_passes_after_the_thread() -> None:
    assert await fetch(1) == 1


async def test_fails_with_a_coroutine_in_a_group() -> None:
    async def fail() -> None:
        forgotten = fetch(1)
        assert forgotten is None

    async with asyncio.TaskGroup() as group:
        group.create_task(fail())


async def test_passes_after_the_group() -> None:
    assert await fetch(1) == 1


async def test_fails_with_a_coroutine_while_it_handles_an_error() -> None:
    def fail() -> None:
        forgotten = fetch(1)
        assert forgotten is None

    try:
        fail()
    except AssertionError:
        raise AssertionError("once more") from None


async def test_passes_after_the_error_in_an_error() -> None:
    assert await fetch(1) == 1


async def test_fails_with_an_error_that_is_its_own_cause() -> None:
    error = AssertionError("round and round")
    raise error from error
