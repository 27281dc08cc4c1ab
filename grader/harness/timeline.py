"""Who did what when, in virtual time. No coroutine is wrapped.

The next step of a task always goes through `loop.call_soon`, and at that moment its
coroutine still shows where it was suspended and what it awaited. Private name used
here, pinned by tests/grader/lab/test_private_names.py: `Future._exception`.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from grader.harness.awaiting import wait_of
from grader.verdict import Ending, Row, Span

if TYPE_CHECKING:
    from grader.harness.world import World

MOST_ROWS = 60
MOST_SPANS = 1_000


class _Life:
    """What is known of one task so far; the task itself is held weakly."""

    def __init__(self, label: str, born: float) -> None:
        self.label = label
        self.born = self.since = born
        self.end: float | None = None
        self.ending: Ending = "pending"
        self.spans: list[Span] = []

    def row(self) -> Row:
        return Row(self.label, self.born, self.end, self.ending, tuple(self.spans))


class Timeline:
    """Records the tasks of one loop; `rows()` draws them up."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._rows: list[_Life] = []
        self._lives: WeakKeyDictionary[asyncio.Task[Any], _Life] = WeakKeyDictionary()
        self._spans = 0

    def born(self, task: asyncio.Task[Any], when: float) -> None:
        """A task was created at `when` (virtual seconds)."""
        record = self._world.tasks[task]
        if len(self._rows) >= MOST_ROWS or not record.ours:
            return
        life = self._lives[task] = _Life(record.label, when)
        self._rows.append(life)
        if task.done():  # an eager task may end before create_task() returns
            self._ended(task)
        else:
            task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[Any]) -> None:
        life = self._lives.get(task)
        if life is not None:
            life.end = self._world.seconds()
            life.ending = _ending(task)
            life.label = self._world.label(task)  # it may have been renamed

    def step(self, callback: Any) -> None:
        """`callback` was scheduled: if it is a task's next step, note its wait."""
        task = getattr(callback, "__self__", None)
        if not isinstance(task, asyncio.Task) or task.done():
            return
        life = self._lives.get(task)
        now = self._world.seconds()
        if life is not None and now > life.since:
            self._note(task, life, now)

    def _note(self, task: asyncio.Task[Any], life: _Life, now: float) -> None:
        if self._spans < MOST_SPANS:
            wait = wait_of(task, self._world.label)
            line = wait.lines[-1].line if wait.lines else None
            life.spans.append(Span(life.since, now, wait.doing, wait.what, line))
            self._spans += 1
        life.since = now

    def froze(self, task: asyncio.Task[Any] | None, span: Span) -> None:
        """A blocking call of `task` kept every task from running."""
        life = self._lives.get(task) if task is not None else None
        if life is not None:
            life.spans.append(span)
            life.since = span.end

    def forget(self) -> None:
        """Let go of everything."""
        self._lives.clear()
        self._rows.clear()

    def rows(self) -> tuple[Row, ...]:
        """One row for each task, in order of birth; the unfinished end with a wait."""
        now = self._world.seconds()
        for task, life in list(self._lives.items()):
            life.label = self._world.label(task)
            if not task.done() and now > life.since:
                self._note(task, life, now)
        return tuple(life.row() for life in self._rows)


def _ending(task: asyncio.Task[Any]) -> Ending:
    if task.cancelled():
        return "cancelled"
    # `exception()` would count as somebody having looked; the private name does not.
    return "done" if getattr(task, "_exception", None) is None else "error"
