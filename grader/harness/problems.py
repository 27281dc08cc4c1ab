"""What went wrong or was left behind, in a sentence, and at which line."""

from __future__ import annotations

import asyncio
from typing import Any

from grader.harness.awaiting import wait_of
from grader.harness.frames import is_learner, line_at, line_of, traced
from grader.harness.world import Problem, TaskRecord, World
from grader.verdict import Line


def unhandled(world: World, context: dict[str, Any]) -> Problem | None:
    """What the loop would only have logged, told to whoever wrote the answer."""
    message, error = context["message"], context.get("exception")
    if message.startswith("Unclosed"):
        return None  # sessions.py names the line
    task = context.get("task") or context.get("future")
    if isinstance(task, asyncio.Task):
        record = world.record_of(task)
        if "never retrieved" in message:
            return lost(task, record)
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


def still_running(task: asyncio.Task[Any], record: TaskRecord, world: World) -> Problem:
    """A task that outlived the test."""
    wait = wait_of(task, world.label)
    made = record.made if record.made and is_learner(record.made.path) else None
    origin = f", made at line {made.line}," if made else ""
    mine = tuple(line for line in wait.lines if is_learner(line.path))
    return Problem(
        f"Task {world.label(task)!r}{origin} was still running at the end (it waits "
        f"for {wait.what}): await it, or cancel it and wait until it has ended.",
        mine or ((made,) if made else wait.lines),
    )


def lost(task: asyncio.Task[Any], record: TaskRecord) -> Problem:
    """A task whose exception nobody has asked for."""
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
