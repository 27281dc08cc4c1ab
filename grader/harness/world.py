"""One test, one world: a clock in whole nanoseconds and a record of what happened.

A world outlives the loops made in it, so that a test may call `asyncio.run()` several
times and still read one clock. `current()` is the world of the running test, or None.
"""

from __future__ import annotations

import asyncio
import re
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from grader.harness.errors import Stuck
from grader.harness.frames import is_library, is_test
from grader.verdict import Line

if TYPE_CHECKING:
    from grader.harness.loops import LabLoop

NANO = 1_000_000_000
# Not 0: on a real machine the monotonic clock is far from 0, and answers may rely on
# `last = 0.0` meaning "long ago". A power of two keeps small fractions exact.
START = 65_536 * NANO
# What `asyncio.run()` does at its end, on behalf of whoever called it.
_HOUSEKEEPING = {"shutdown_asyncgens", "shutdown_default_executor"}
_DEFAULT_NAME = re.compile(r"Task-\d+")


@dataclass(frozen=True)
class Problem:
    """Something a test must not do or leave behind, in words for the learner."""

    message: str
    where: tuple[Line, ...] = ()


@dataclass(eq=False)
class TaskRecord:
    """The name to show for a task, and the line that made it (None: a library)."""

    label: str
    made: Line | None
    ours: bool  # made by, or running, code of the learner or of the test


@dataclass(eq=False)
class World:
    """What one test does. `real` worlds use the ordinary loop and the real clock."""

    real: bool = False
    ticks: int = START
    began: int = START
    loops: list[LabLoop] = field(default_factory=list)
    # Weak: a task that nobody holds must be free to vanish, as it would without us.
    tasks: WeakKeyDictionary[asyncio.Task[Any], TaskRecord] = field(
        default_factory=WeakKeyDictionary
    )
    problems: list[Problem] = field(default_factory=list)
    stuck: Stuck | None = None  # the first such error
    over: bool = False  # its threads may live on
    told: bool = False  # the test has failed already
    opened: dict[str, Line] = field(default_factory=dict)  # files, by name
    resting: set[int] = field(default_factory=set)  # threads that wait for the loop
    joining: dict[int, threading.Thread] = field(default_factory=dict)  # who joins whom
    _records: dict[int, TaskRecord] = field(default_factory=dict)  # by id
    _names: Counter[str] = field(default_factory=Counter)

    def seconds(self) -> float:
        """Virtual seconds since the test's body began."""
        return (self.ticks - self.began) / NANO

    def advance(self, seconds: float) -> None:
        """Move the clock; at least one tick, so that no loop can jump in vain."""
        self.ticks += max(1, round(seconds * NANO))

    def forget(self) -> None:
        """Let go of tasks and loops: they hold each other, and the test is over."""
        self.tasks.clear()
        self._records.clear()
        for loop in self.loops:
            loop.forget()
        self.loops.clear()
        self.stuck = None

    def running_loop(self) -> LabLoop | None:
        """The loop that runs now, in whatever thread."""
        return next((loop for loop in self.loops if loop.is_running()), None)

    def threads(self) -> set[threading.Thread]:
        """All threads; one that ends is unlisted shortly before it can be joined."""
        joined = {t for t in list(self.joining.values()) if t.is_alive()}
        return joined.union(threading.enumerate())

    def who_rests(self) -> set[int]:
        """The threads that wait for the loop or for each other."""
        joining = {me for me, t in list(self.joining.items()) if t.is_alive()}
        return joining.union(list(self.resting))

    @contextmanager
    def joins(self, thread: threading.Thread) -> Iterator[None]:
        """Around the wait of the calling thread for the end of `thread`."""
        me = threading.get_ident()
        self.joining[me] = thread
        try:
            yield
        finally:
            del self.joining[me]

    def record(self, task: asyncio.Task[Any], made: Line | None) -> TaskRecord:
        """Remember a new task."""
        coro = _coro_of(task)
        code = getattr(coro, "cr_code", None)
        ours = made is not None or (code is not None and not _foreign(code))
        ours = ours and getattr(coro, "__name__", "") not in _HOUSEKEEPING
        entry = TaskRecord(self._label(task), made, ours)
        self.tasks[task] = self._records[id(task)] = entry
        return entry

    def record_of(self, task: asyncio.Task[Any]) -> TaskRecord:
        """What is known of a task, which may be about to vanish: by its id, for the
        garbage collector clears weak references first."""
        entry = self.tasks.get(task) or self._records.get(id(task))
        return entry or self.record(task, None)

    def label(self, task: asyncio.Task[Any] | None) -> str:
        """The name to show for a task; tasks made behind our back get theirs now."""
        if task is None:
            return "no task"
        name = task.get_name()
        if not _DEFAULT_NAME.fullmatch(name):
            return name  # it may have been renamed since
        return self.record_of(task).label

    def _label(self, task: asyncio.Task[Any]) -> str:
        name = task.get_name()
        if not _DEFAULT_NAME.fullmatch(name):
            return name
        coro = _coro_of(task)
        code = getattr(coro, "cr_code", None)
        if code is not None and is_test(code.co_filename) and _is_test_name(coro):
            return "the test"
        short = getattr(coro, "__qualname__", "task").rpartition(".")[2]
        self._names[short] += 1
        count = self._names[short]
        return short if count == 1 else f"{short}-{count}"


def _coro_of(task: asyncio.Task[Any]) -> Any:
    """Its coroutine, or None once it is done.

    Early releases of Python 3.12 crash when an eager task that is done is asked for it.
    """
    return None if task.done() else task.get_coro()


def _foreign(code: Any) -> bool:
    return is_library(code.co_filename)


def _is_test_name(coro: Any) -> bool:
    return str(getattr(coro, "__name__", "")).startswith("test_")


_current: World | None = None


def current() -> World | None:
    """The world of the running test."""
    return _current


def elapsed() -> float:
    """Virtual seconds since the current test, or the current `run()`, began."""
    if _current is None:
        raise RuntimeError("elapsed() needs a running test")
    return round(_current.seconds(), 9)


@contextmanager
def inhabit(world: World) -> Iterator[World]:
    """Make `world` the current one; worlds nest (a `run()` inside a test)."""
    global _current
    previous, _current = _current, world
    try:
        yield world
    finally:
        _current = previous
        world.over = True
