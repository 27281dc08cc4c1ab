"""Tests of 2.1: what is written, when, and by which task.

Not under: eager_task_factory
"""

import asyncio
from collections.abc import Iterable
from typing import Any, Self

from exercises.ch02_tasks.ex01_task_order import trace
from grader.harness import Clock

DINNER = [
    "cook: two orders in",
    "pasta: on",
    "sauce: on",
    "cook: table laid",
    "sauce: ready",
    "pasta: ready",
    "cook: dinner",
]


class Log(list[str]):
    """A list that remembers which task wrote each line."""

    def __init__(self) -> None:
        super().__init__()
        self.writers: list[asyncio.Task[Any] | None] = []
        self.alive_at_first_line: set[asyncio.Task[Any]] = set()

    def append(self, line: str) -> None:
        if not self:
            self.alive_at_first_line = asyncio.all_tasks()
        self.writers.append(asyncio.current_task())
        super().append(line)

    def extend(self, lines: Iterable[str]) -> None:
        for line in lines:
            self.append(line)

    def __iadd__(self, lines: Iterable[str]) -> Self:  # type: ignore[misc,override]
        self.extend(lines)
        return self

    def tasks_of(self, speaker: str) -> set[asyncio.Task[Any] | None]:
        """Return the tasks that wrote the lines of `speaker`."""
        pairs = zip(self, self.writers, strict=True)
        return {task for line, task in pairs if line.startswith(f"{speaker}:")}


def names_of_writers(log: Log) -> dict[str, list[str]]:
    """Return who wrote whose lines; a task is named after the first line it wrote."""
    names: dict[asyncio.Task[Any] | None, str] = {}
    written: dict[str, list[str]] = {}
    for line, task in zip(log, log.writers, strict=True):
        speaker = line.partition(":")[0]
        taken = speaker in names.values()
        name = names.setdefault(task, f"another {speaker}" if taken else speaker)
        if name not in written.setdefault(speaker, []):
            written[speaker].append(name)
    return written


async def test_no_line_is_missing_when_trace_returns() -> None:
    """When `trace()` returns, none of the seven lines is missing."""
    log = Log()

    await trace(log)

    missing = [line for line in DINNER if line not in log]
    assert missing == []


async def test_the_lines_come_in_order() -> None:
    """The seven lines come in the given order."""
    log = Log()

    await trace(log)

    assert log == DINNER


async def test_every_speaker_writes_its_own_lines() -> None:
    """Cook, pasta and sauce each write their own lines, in three different tasks."""
    log = Log()

    await trace(log)

    assert names_of_writers(log) == {
        "cook": ["cook"],
        "pasta": ["pasta"],
        "sauce": ["sauce"],
    }


async def test_both_tasks_exist_at_the_first_line() -> None:
    """Both tasks have been created when the first line is written."""
    log = Log()

    await trace(log)

    existed = {
        speaker: log.tasks_of(speaker) <= log.alive_at_first_line
        for speaker in ("pasta", "sauce")
    }
    assert existed == {"pasta": True, "sauce": True}


async def test_no_time_passes(clock: Clock) -> None:
    """Dinner takes no time: the longest sleep is `asyncio.sleep(0)`."""
    await trace(Log())

    assert clock() == 0


async def test_twenty_turns_are_enough() -> None:
    """Dinner is ready after at most 20 turns of the loop."""
    dinner = asyncio.create_task(trace(Log()))

    turns = 0
    while turns < 1000 and not dinner.done():
        await asyncio.sleep(0)
        turns += 1
    await dinner

    assert turns <= 20, f"dinner took {turns} turns of the loop"
