"""An ordinary loop that keeps a record of what happens on it.

Private asyncio names used here, pinned by tests/grader/lab/test_private_names.py:
- `_asyncgen_firstiter_hook`, `_asyncgen_finalizer_hook`: told of async generators.
- `_run_once`: a turn of the loop, which is where a callback's stack begins.
"""

from __future__ import annotations

import asyncio
import selectors
import sys
import weakref
from collections.abc import AsyncGenerator, Coroutine
from types import FrameType
from typing import Any

from grader.harness import modes
from grader.harness.frames import callers, is_library, line_of
from grader.harness.problems import unfinished_generator, unhandled
from grader.harness.world import World
from grader.verdict import Line

# Tasks that outlive their loop are kept for ever: a coroutine that swallows
# GeneratorExit in a loop would spin for ever when it is deleted.
_graveyard: list[asyncio.Task[Any]] = []


def maker(frame: FrameType | None) -> Line | None:
    """The line outside asyncio that made a task or a connection; None for a library."""
    for caller in callers(frame):
        module = str(caller.f_globals.get("__name__", ""))
        if module.partition(".")[0] not in ("asyncio", "grader"):
            return None if is_library(caller.f_code.co_filename) else line_of(caller)
        if caller.f_code.co_name == "_run_once":
            return None
    return None


def _promised_name(frame: FrameType | None) -> str | None:
    """Before Python 3.13, asyncio names a task only after its loop has made it."""
    for caller in callers(frame):
        if caller.f_globals.get("__name__") in ("asyncio.tasks", "asyncio.taskgroups"):
            return caller.f_locals.get("name")
        if caller.f_code.co_name != "create_task":
            return None
    return None


class LabLoop(asyncio.SelectorEventLoop):
    """An ordinary loop that remembers its tasks, generators and unhandled errors."""

    def __init__(self, world: World, selector: selectors.BaseSelector | None = None):
        self.world = world
        self.made = maker(sys._getframe(1))
        self.generators: weakref.WeakSet[AsyncGenerator[Any, Any]] = weakref.WeakSet()
        self._held: set[asyncio.Task[Any]] = set()
        super().__init__(selector)
        world.loops.append(self)
        modes.apply(self)

    def create_task(self, coro: Coroutine[Any, Any, Any], **kwargs: Any) -> Any:  # type: ignore[override]
        caller = sys._getframe(1)
        if (name := kwargs.get("name") or _promised_name(caller)) is not None:
            kwargs["name"] = name
        task = super().create_task(coro, **kwargs)
        self.world.record(task, maker(caller))
        return task

    def _asyncgen_firstiter_hook(self, agen: AsyncGenerator[Any, Any]) -> None:
        self.generators.add(agen)
        super()._asyncgen_firstiter_hook(agen)  # type: ignore[misc]

    def _asyncgen_finalizer_hook(self, agen: AsyncGenerator[Any, Any]) -> None:
        self.world.problems.append(unfinished_generator(agen))
        super()._asyncgen_finalizer_hook(agen)  # type: ignore[misc]

    def default_exception_handler(self, context: dict[str, Any]) -> None:
        problem = unhandled(self.world, context)
        if problem is not None:
            self.world.problems.append(problem)

    def forgive(self) -> None:
        """What is open now is for others to close, such as the fixtures of a test."""
        self.generators.clear()

    def hold_tasks(self) -> None:
        """A stuck task may be held by nobody else; it shall still be cancelled."""
        self._held = asyncio.all_tasks(self)

    def close(self) -> None:
        _graveyard.extend(t for t in asyncio.all_tasks(self) if not t.done())
        super().close()

    def forget(self) -> None:
        """Let go of what was recorded: the test is over."""
        self.generators.clear()
        self._held.clear()
