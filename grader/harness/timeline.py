"""Who did what when, in virtual time. No coroutine is wrapped.

The next step of a task always goes through `loop.call_soon`, and at that moment its
coroutine still shows where it was suspended and what it awaited.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from grader.harness.awaiting import wait_of
from grader.verdict import Ending, Row, Span

if TYPE_CHECKING:
    from grader.harness.world import World

MOST_ROWS = 60
MOST_SPANS = 1_000


class _Life:
    """What is known of one task so far."""

    def __init__(self, task: asyncio.Task[Any], born: float) -> None:
        self.task = task
        self.born = self.since = born
        self.end: float | None = None
        self.spans: list[Span] = []


class Timeline:
    """Records the tasks of one loop; `rows()` draws them up."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._lives: dict[asyncio.Task[Any], _Life] = {}
        self._spans = 0

    def born(self, task: asyncio.Task[Any], when: float) -> None:
        """A task was created at `when` (virtual seconds)."""
        if len(self._lives) >= MOST_ROWS or not self._world.tasks[task].ours:
            return
        life = self._lives[task] = _Life(task, when)
        if task.done():  # an eager task may end before create_task() returns
            life.end = self._world.seconds()
        else:
            task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[Any]) -> None:
        self._lives[task].end = self._world.seconds()

    def step(self, callback: Any) -> None:
        """`callback` was scheduled: if it is a task's next step, note its wait."""
        if not self._lives:
            return
        task = getattr(callback, "__self__", None)
        if not isinstance(task, asyncio.Task):
            return
        life = self._lives.get(task)
        now = self._world.seconds()
        if life is not None and now > life.since and not task.done():
            self._note(life, now)

    def _note(self, life: _Life, now: float) -> None:
        if self._spans < MOST_SPANS:
            wait = wait_of(life.task, self._world.label)
            line = wait.lines[-1].line if wait.lines else None
            life.spans.append(Span(life.since, now, wait.doing, wait.what, line))
            self._spans += 1
        life.since = now

    def froze(self, task: asyncio.Task[Any] | None, since: float, span: Span) -> None:
        """A blocking call of `task` kept every task from running."""
        life = self._lives.get(task) if task is not None else None
        if life is not None:
            life.spans.append(span)
            life.since = span.end

    def rows(self) -> tuple[Row, ...]:
        """One row for each task, in order of birth; the unfinished end with a wait."""
        return tuple(map(self._row, self._lives.values()))

    def _row(self, life: _Life) -> Row:
        ending = _ending(life.task)
        now = self._world.seconds()
        if ending == "pending" and now > life.since:
            self._note(life, now)
        label = self._world.label(life.task)
        return Row(label, life.born, life.end, ending, tuple(life.spans))


def _ending(task: asyncio.Task[Any]) -> Ending:
    if not task.done():
        return "pending"
    if task.cancelled():
        return "cancelled"
    # `_log_traceback` must stay as it is: looking at the exception would clear it.
    logged = getattr(task, "_log_traceback", False)
    failed = task.exception() is not None
    if logged:
        task._log_traceback = True  # type: ignore[attr-defined]
    return "error" if failed else "done"
