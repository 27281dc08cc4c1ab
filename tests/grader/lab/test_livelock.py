"""Programs that go round for ever, and programs that will not be told."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

import pytest

from grader.harness import selector
from tests.grader.lab import snippets_deadlock as snippets
from tests.grader.lab.reports import DEADLOCK, report, report_of


def test_busy_loop() -> None:
    assert report_of(snippets.busy_loop) == report(
        "- busy_loop waits for asyncio.sleep(0)",
        "> await asyncio.sleep(0)  # round and round",
        headline="Busy loop: 20,000 turns of the event loop and the clock never moved. "
        "Wait for an event, not in a loop around `sleep(0)`.",
    )


def endless(program: str, source: str, seconds: str) -> str:
    return report(
        f"- {program} waits for asyncio.{source.partition('  ')[0]}",
        f"> await asyncio.{source}",
        headline=f"Still running after {seconds} virtual seconds: does a `while True` "
        "with a sleep in it never end?",
        at=seconds,
    )


def test_endless_timers_run_out_of_their_seven_days() -> None:
    assert report_of(snippets.endless_timers) == endless(
        "endless_timers", "sleep(60)  # every minute", "604860"
    )


def test_a_thread_that_sleeps_for_ever() -> None:
    assert report_of(snippets.sleeps_in_a_thread_for_ever).startswith("Still running")


def test_except_exception_does_not_eat_it() -> None:
    assert report_of(snippets.eats_exceptions).startswith(DEADLOCK)


def test_nor_does_swallowing_every_cancellation() -> None:
    """The task is stuck once more when it is cancelled; the first report is told."""
    assert report_of(snippets.eats_cancellation) == report(
        "- eats_cancellation waits for Queue.get() on <Queue maxsize=0 _getters[1]>",
        "> await asyncio.Queue[int]().get()  # not even cancelled",
    )


def test_nor_swallowing_everything(monkeypatch: pytest.MonkeyPatch) -> None:
    """It runs out of its jumps of the clock, of which it gets a tenth here."""
    monkeypatch.setattr(selector, "MAX_JUMPS", 5_000)
    assert report_of(snippets.eats_everything_and_sleeps) == endless(
        "eats_everything_and_sleeps", "sleep(0.5)  # whatever happens", "2500.5"
    )


def test_a_thread_that_outlives_its_test_does_not_touch_the_next() -> None:
    for _ in range(20):
        report_of(snippets.sleeps_in_a_thread_for_ever)
        assert "\nAt 0 s of virtual time:" in report_of(snippets.bare_future)


async def test_the_next_test_is_not_affected() -> None:
    await asyncio.sleep(1)


def test_a_deadlock_is_seen_at_once(clock: Callable[[], float]) -> None:
    """No virtual time passes, and no real time to speak of: nothing is waited for."""
    began = time.process_time()
    for _ in range(10):
        report_of(snippets.bare_future)
    assert clock() == 0
    assert time.process_time() - began < 5
