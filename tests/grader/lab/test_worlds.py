"""Each test has a world of its own: nothing of it reaches the next one."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from grader.harness import Clock
from grader.harness.clock import VirtualLoop
from tests.grader.lab.suite import HERE, TESTS, Suite


@pytest.fixture
async def service() -> AsyncIterator[asyncio.Task[None]]:
    """A fixture with a task of its own, in an async generator."""
    task = asyncio.create_task(asyncio.sleep(60))
    await asyncio.sleep(5)
    yield task
    task.cancel()
    await asyncio.wait([task])


def test_a_sync_test_with_an_async_fixture(
    service: asyncio.Task[None], clock: Clock
) -> None:
    """The fixture's loop, task and generator are no leaks of the test."""
    assert clock() == 0
    assert asyncio.run(asyncio.sleep(2, "done")) == "done"
    assert clock() == 2
    assert not service.done()


async def test_an_async_test_with_an_async_fixture(
    service: asyncio.Task[None], clock: Clock
) -> None:
    assert clock() == 0
    assert not service.done()


def said_of_the_current_loop() -> str:
    try:
        asyncio.get_event_loop()
    except RuntimeError as error:
        return str(error)
    return "there is one"


NONE = "There is no current event loop in thread 'MainThread'."


def test_there_is_no_loop_at_first() -> None:
    assert said_of_the_current_loop() == NONE


def test_a_loop_that_is_set_and_left() -> None:
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    assert said_of_the_current_loop() == "there is one"
    loop.close()


def test_there_is_none_after_that() -> None:
    assert said_of_the_current_loop() == NONE


async def test_in_a_coroutine_there_is_one() -> None:
    assert asyncio.get_event_loop() is asyncio.get_running_loop()
    assert isinstance(asyncio.get_running_loop(), VirtualLoop)


def test_nor_is_there_one_after_an_async_test() -> None:
    assert said_of_the_current_loop() == NONE


@pytest.mark.real_loop
async def test_a_real_loop_in_between() -> None:
    assert not isinstance(asyncio.get_running_loop(), VirtualLoop)


def test_nor_after_that() -> None:
    assert said_of_the_current_loop() == NONE


def test_what_a_failure_holds_does_not_reach_the_next_test(tmp_path: Path) -> None:
    """Tracebacks hold frames, and those hold coroutines, tasks and generators."""
    suite = Suite(tmp_path)
    (tmp_path / TESTS).write_text((HERE / "suite_worlds.py").read_text())
    suite.pytest()
    outcomes = {
        name: {when: outcome for when, outcome, _ in phases}
        for name, phases in suite.records().items()
    }
    assert {name.split("_")[1] for name in outcomes} == {"fails", "passes"}
    for name, phases in outcomes.items():
        call = "failed" if name.startswith("test_fails") else "passed"
        wanted = {"setup": "passed", "call": call, "teardown": "passed"}
        assert phases == wanted, name
