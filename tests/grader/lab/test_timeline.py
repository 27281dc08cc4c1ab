"""The recorded timelines, compared whole: who waited for what, from when to when."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

import pytest

from grader.harness import run
from grader.harness.clock import VirtualLoop
from grader.harness.errors import Leak
from grader.harness.timeline import MOST_ROWS
from grader.verdict import Doing, Row, Span
from tests.grader.lab import snippets_timeline as snippets
from tests.grader.lab.lines import number

Program = Callable[[], Coroutine[Any, Any, None]]


def drawn(program: Program, *, leaks: bool = False) -> tuple[Row, ...]:
    """The rows of `program` at its end, whatever it leaves behind."""
    rows: list[tuple[Row, ...]] = []

    async def main() -> None:
        loop = asyncio.get_running_loop()
        assert isinstance(loop, VirtualLoop)
        await asyncio.create_task(program())
        rows.append(loop.timeline.rows())

    if leaks:
        with pytest.raises(Leak):
            run(main())
    else:
        run(main())
    return tuple(row for row in rows[0] if row.task != "main")


def span(
    start: float, end: float, source: str, what: str = "", doing: Doing = "sleep"
) -> Span:
    """A span at the line that is `source`; sleeps are named by the code itself."""
    code = source.partition("  #")[0].removeprefix("await ")
    return Span(start, end, doing, what or code, number(snippets, source))


def sleeps(start: float, end: float, of: float | None = None) -> Span:
    """A span of `fetch()`, which meant to sleep `of` seconds."""
    what = f"asyncio.sleep({end - start if of is None else of:g})"
    return span(start, end, "await asyncio.sleep(seconds)  # fetching", what)


def test_sequential() -> None:
    assert drawn(snippets.sequential) == (
        Row("sequential", 0, 3, "done", (sleeps(0, 1), sleeps(1, 3))),
    )


def test_concurrent() -> None:
    both = "await asyncio.gather(fetch(1), fetch(2))  # both"
    what = "asyncio.gather() of 'fetch', 'fetch-2'"
    assert drawn(snippets.concurrent) == (
        Row("concurrent", 0, 2, "done", (span(0, 2, both, what, "wait"),)),
        Row("fetch", 0, 1, "done", (sleeps(0, 1),)),
        Row("fetch-2", 0, 2, "done", (sleeps(0, 2),)),
    )


def test_frozen() -> None:
    """Whoever freezes the loop is shown; the others only wake up late."""
    all_of_them = "await asyncio.gather(fetch(1), rude())  # with a rude one"
    what = "asyncio.gather() of 'fetch', 'rude'"
    assert drawn(snippets.frozen, leaks=True) == (
        Row("frozen", 0, 2, "done", (span(0, 2, all_of_them, what, "wait"),)),
        Row("fetch", 0, 2, "done", (sleeps(0, 2, of=1),)),
        Row("rude", 0, 2, "done", (span(0, 2, "time.sleep(2)  # rude", "", "frozen"),)),
    )


def test_cancelled() -> None:
    before = "await asyncio.sleep(1)  # before the cancellation"
    assert drawn(snippets.cancelled) == (
        Row("cancelled", 0, 1, "done", (span(0, 1, before),)),
        Row("fetch", 0, 1, "cancelled", (sleeps(0, 1, of=9),)),
    )


def test_failing() -> None:
    wait = "await asyncio.wait([task])  # for the failure"
    what = "asyncio.wait() on 'unlucky'"
    before = "await asyncio.sleep(1)  # before the failure"
    assert drawn(snippets.failing) == (
        Row("failing", 0, 1, "done", (span(0, 1, wait, what, "wait"),)),
        Row("unlucky", 0, 1, "error", (span(0, 1, before),)),
    )


def test_pending() -> None:
    leaves = "await asyncio.sleep(1)  # and leaves"
    assert drawn(snippets.pending, leaks=True) == (
        Row("pending", 0, 1, "done", (span(0, 1, leaves),)),
        Row("fetch", 0, None, "pending", (sleeps(0, 1, of=9),)),
    )


def test_lock_and_queue() -> None:
    everybody = "await asyncio.gather(guard(), visit(), receive())  # all three"
    gather = "asyncio.gather() of 'guard', 'receive', 'visit'"
    guarded = "await asyncio.sleep(1)  # guarded"
    lock = "Lock.acquire() on <Lock [unlocked, waiters:1]>"
    visiting = "await asyncio.sleep(2)  # visiting"
    queue = "Queue.get() on <Queue maxsize=0 _queue=[1] tasks=1>"
    visit = (
        span(0, 1, "async with lock:  # visit", lock, "wait"),
        span(1, 3, visiting),
    )
    receive = span(0, 1, "await queue.get()  # receive", queue, "wait")
    assert drawn(snippets.lock_and_queue) == (
        Row("lock_and_queue", 0, 3, "done", (span(0, 3, everybody, gather, "wait"),)),
        Row("guard", 0, 1, "done", (span(0, 1, guarded),)),
        Row("visit", 0, 3, "done", visit),
        Row("receive", 0, 1, "done", (receive,)),
    )


def test_talk_through_the_network() -> None:
    line = "await reader.readline()  # for the answer"
    what = "StreamReader.readline() on <StreamReader, peer 127.0.0.1:8000>"
    before = "await asyncio.sleep(3)  # before the answer"
    assert drawn(snippets.talk) == (
        Row("talk", 0, 3, "done", (span(0, 3, line, what, "io"),)),
        Row("answer", 0, 3, "done", (span(0, 3, before),)),
    )


def test_a_task_that_is_renamed() -> None:
    line = "await task  # the courier"
    assert drawn(snippets.renamed) == (
        Row("renamed", 0, 1, "done", (span(0, 1, line, "task 'courier'", "wait"),)),
        Row("courier", 0, 1, "done", (sleeps(0, 1),)),
    )


def test_no_more_rows_than_a_screen_can_show() -> None:
    rows = drawn(snippets.crowd)
    assert len(rows) == MOST_ROWS - 1  # and `main()`
    assert {row.end for row in rows} == {1}
