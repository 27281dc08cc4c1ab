"""Tests of which many fail on purpose: see test_plugin.py, which runs them."""

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator

import pytest
from exercises.ch01_own.ex01_own import (  # type: ignore[import-not-found]
    both,
    fetch,
    forget,
    hang,
    refuse,
    unwritten,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.harness import Clock, elapsed, run


async def test_async_clock(clock: Clock) -> None:
    """The clock starts with the body.

    This is for maintainers.
    """
    assert clock() == 0
    await fetch(1)
    assert (clock(), elapsed()) == (1, 1)


def test_sync_clock(clock: Clock) -> None:
    asyncio.run(fetch(1))
    asyncio.run(fetch(2))
    assert clock() == 2


@pytest.fixture
async def slow() -> AsyncIterator[str]:
    await asyncio.sleep(5)
    yield "ready"
    await asyncio.sleep(5)


async def test_clock_after_a_slow_fixture(slow: str, clock: Clock) -> None:
    assert (slow, clock()) == ("ready", 0)


@pytest.mark.real_loop
async def test_real_loop() -> None:
    began = time.perf_counter()
    await asyncio.sleep(0.001)
    assert time.perf_counter() - began >= 0.0009
    assert not hasattr(asyncio.get_running_loop(), "timeline")


@pytest.mark.real_loop
def test_real_loop_sync() -> None:
    async def main() -> bool:
        return hasattr(asyncio.get_running_loop(), "timeline")

    assert not asyncio.run(main())


@pytest.mark.real_loop
async def test_leak_on_the_real_loop() -> None:
    await forget(43)


def test_todo() -> None:
    unwritten()


async def test_todo_in_a_group() -> None:
    async def call() -> None:
        unwritten()

    async with asyncio.TaskGroup() as group:
        group.create_task(call())


def test_not_todo() -> None:
    raise NotImplementedError


async def test_leak() -> None:
    await forget(43)


async def test_deadlock() -> None:
    await hang(43)


def test_deadlock_sync() -> None:
    asyncio.run(hang(43))


def test_deadlock_swallowed() -> None:
    with contextlib.suppress(BaseException):
        asyncio.run(hang(43))


async def test_deadlock_of_two() -> None:
    await both()


def test_deadlock_of_two_sync() -> None:
    asyncio.run(both())


async def test_refuses_to_be_cancelled() -> None:
    await refuse()


async def test_failure_with_a_cause() -> None:
    fetch(1)
    assert [] == [1]


@settings(max_examples=200, deadline=None, derandomize=True, database=None)
@given(st.integers(0, 1000))
def test_shrinks_a_leak(number: int) -> None:
    run(forget(number))


@settings(max_examples=200, deadline=None, derandomize=True, database=None)
@given(st.integers(0, 1000))
def test_shrinks_a_deadlock(number: int) -> None:
    run(hang(number))


async def test_afterwards_all_is_well(clock: Clock) -> None:
    await fetch(1)
    assert clock() == 1
