"""What a test must not leave behind. Each check is deterministic and names a line.

Private name used here, pinned by tests/grader/lab/test_private_names.py:
`Future._log_traceback`, true as long as nobody has looked at the exception.
"""

from __future__ import annotations

import asyncio
import gc
import sys
import warnings
from collections.abc import Iterator
from typing import Any

from grader.harness import sessions
from grader.harness.awaiting import wait_of
from grader.harness.frames import (
    is_learner,
    line_at,
    line_of,
    traced,
)
from grader.harness.unawaited import never_awaited
from grader.harness.world import Problem, TaskRecord, World
from grader.verdict import Line

_ORIGIN_DEPTH = 6  # frames kept of the place where each coroutine was made


class Watch:
    """Collects warnings while a test's body runs; `finish()` lists the problems."""

    def __init__(self, world: World, loop: Any = None) -> None:
        self.world, self.loop = world, loop
        self._catcher = warnings.catch_warnings(record=True)

    def __enter__(self) -> Watch:
        gc.freeze()  # what is older cannot be ours, and need not be searched again
        self._http = sessions.begin()
        sessions.track()
        self._before = set(asyncio.all_tasks(self.loop)) if self.loop else set()
        if network := getattr(self.loop, "network", None):
            network.forgive()
        self._depth = sys.get_coroutine_origin_tracking_depth()
        sys.set_coroutine_origin_tracking_depth(_ORIGIN_DEPTH)
        caught = self._catcher.__enter__()
        self._caught = [] if caught is None else caught
        warnings.simplefilter("always", RuntimeWarning)
        warnings.simplefilter("always", ResourceWarning)
        return self

    def __exit__(self, *exc_info: Any) -> None:
        self._catcher.__exit__(*exc_info)
        sys.set_coroutine_origin_tracking_depth(self._depth)
        sessions.end(self._http)

    def finish(self) -> list[Problem]:
        """Everything that is wrong now, each once; call it before leaving."""
        self._settle()
        found = [
            *self._tasks(),
            *self._lost(),
            *sessions.left_open(self._http),
            *self._connections(),
            *self._generators(),
            *self._loops(),
        ]
        gc.collect()
        found += [*self.world.problems, *self._warned()]
        return list(dict.fromkeys(found))

    def _settle(self) -> None:
        """Let callbacks that close things run, in no time."""
        loop = self.loop
        if loop is None or loop.is_closed() or loop.is_running() or self.world.stuck:
            return
        for _ in range(3):
            loop.run_until_complete(asyncio.sleep(0))

    def _tasks(self) -> Iterator[Problem]:
        if self.world.stuck:
            return
        for task, record in self.world.tasks.items():
            alive = not task.done() and not task.get_loop().is_closed()
            if record.ours and alive and task not in self._before:
                yield _still_running(task, record, self.world)
        work = getattr(self.loop, "work", None)
        if work is not None and work.unfinished():
            yield Problem(
                f"{work.unfinished()} job(s) in threads or processes still ran at the "
                "end: await what `to_thread` or `run_in_executor` returns."
            )

    def _lost(self) -> Iterator[Problem]:
        for task, record in self.world.tasks.items():
            # Independent of when the garbage collector runs.
            if record.ours and task.done() and getattr(task, "_log_traceback", False):
                yield _lost(task, record)

    def _connections(self) -> Iterator[Problem]:
        network = getattr(self.loop, "network", None)
        if network is not None and not self.world.stuck:
            yield from network.left_open()

    def _loops(self) -> Iterator[Problem]:
        for loop in self.world.loops:
            if loop is not self.loop and not loop.is_closed() and not loop.is_running():
                yield Problem(
                    "An event loop was made and never closed: let `asyncio.run()` make "
                    "it, which closes it too.",
                    (loop.made,) if loop.made else (),
                )
                loop.close()

    def _generators(self) -> Iterator[Problem]:
        for loop in self.world.loops:
            for agen in list[Any](loop.generators):
                if agen.ag_frame is not None and not agen.ag_running:
                    yield unfinished_generator(agen)

    def _warned(self) -> Iterator[Problem]:
        for warning in self._caught:
            text = str(warning.message)
            if "was never awaited" in text:
                yield never_awaited(text, warning.source)
            elif issubclass(warning.category, ResourceWarning):
                if not text.lower().startswith("unclosed c"):  # sessions.py has it
                    yield Problem(f"Something was left open: {text}.")
            elif issubclass(warning.category, RuntimeWarning):
                yield Problem(f"Python warns: {text}")


def unhandled(world: World, context: dict[str, Any]) -> Problem | None:
    """What the loop would only have logged, told to whoever wrote the answer."""
    message, error = context["message"], context.get("exception")
    if message.startswith("Unclosed"):
        return None  # sessions.py names the line
    task = context.get("task") or context.get("future")
    if isinstance(task, asyncio.Task):
        record = world.tasks.get(task) or world.record(task, None)
        if "never retrieved" in message:
            return _lost(task, record)
        if "destroyed" in message:
            return _vanished(record)
    text = f"{message}: {error!r}" if error else message
    return Problem(f"The event loop reports: {text}", _error_lines(error))


def _vanished(record: TaskRecord) -> Problem:
    return Problem(
        f"Task {record.label!r} was deleted before it ended: nobody held it, and "
        "the event loop itself keeps no strong reference. Keep your tasks in a set.",
        (record.made,) if record.made else (),
    )


def _still_running(
    task: asyncio.Task[Any], record: TaskRecord, world: World
) -> Problem:
    wait = wait_of(task, world.label)
    made = record.made if record.made and is_learner(record.made.path) else None
    origin = f", made at line {made.line}," if made else ""
    mine = tuple(line for line in wait.lines if is_learner(line.path))
    return Problem(
        f"Task {world.label(task)!r}{origin} was still running at the end (it waits "
        f"for {wait.what}): await it, or cancel it and wait until it has ended.",
        mine or ((made,) if made else wait.lines),
    )


def _lost(task: asyncio.Task[Any], record: TaskRecord) -> Problem:
    error = task.exception()  # which also stops asyncio from logging it once more
    return Problem(
        f"Task {record.label!r} failed with {error!r} and nobody looked: await the "
        "task, or read its `exception()`.",
        _error_lines(error) or ((record.made,) if record.made else ()),
    )


def _error_lines(error: BaseException | None) -> tuple[Line, ...]:
    if error is None:
        return ()
    return tuple(
        line_at(frame.f_code.co_filename, lineno, frame.f_code.co_qualname)
        for frame, lineno in traced(error.__traceback__)
        if is_learner(frame.f_code.co_filename)
    )


def unfinished_generator(agen: Any) -> Problem:
    """An async generator that was started and neither exhausted nor closed."""
    frame = agen.ag_frame
    where = (line_of(frame),) if frame is not None else ()
    name = getattr(agen, "__name__", "generator")
    return Problem(
        f"The async generator `{name}()` was left unfinished, so its cleanup has not "
        "run: use `contextlib.aclosing()`.",
        where,
    )
