"""What a test must not leave behind. Each check is deterministic and names a line."""

from __future__ import annotations

import asyncio
import functools
import gc
import re
import sys
import warnings
from collections.abc import AsyncGenerator, Iterator
from typing import Any

from grader.harness.awaiting import wait_of
from grader.harness.frames import (
    callers,
    is_learner,
    is_library,
    line_at,
    line_of,
    traced,
)
from grader.harness.world import Problem, TaskRecord, World, current
from grader.verdict import Line

_ORIGIN_DEPTH = 6  # frames kept of the place where each coroutine was made
_FRAME = re.compile(r'File "(?P<file>.+)", line (?P<line>\d+), in (?P<name>\S+)')


class Watch:
    """Collects warnings while a test's body runs; `finish()` lists the problems."""

    def __init__(self, world: World, loop: Any = None) -> None:
        self.world, self.loop = world, loop
        self._http: list[tuple[Any, Line]] = []
        self._catcher = warnings.catch_warnings(record=True)

    def __enter__(self) -> Watch:
        _watches.append(self)
        install_http_tracking()
        self._before = set(asyncio.all_tasks(self.loop)) if self.loop else set()
        self._depth = sys.get_coroutine_origin_tracking_depth()
        sys.set_coroutine_origin_tracking_depth(_ORIGIN_DEPTH)
        if self.loop is not None:
            self.loop.set_exception_handler(self.unhandled)
        self._caught = self._catcher.__enter__() or []
        warnings.simplefilter("always", RuntimeWarning)
        warnings.simplefilter("always", ResourceWarning)
        return self

    def __exit__(self, *exc_info: object) -> None:
        self._catcher.__exit__(*exc_info)
        sys.set_coroutine_origin_tracking_depth(self._depth)
        _watches.remove(self)

    def finish(self) -> list[Problem]:
        """Everything that is wrong now, each once; call it before leaving."""
        self._settle()
        found = [*self._tasks(), *self._lost(), *self._sessions(), *self._generators()]
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

    def unhandled(self, loop: Any, context: dict[str, Any]) -> None:
        """The loop's exception handler while the test runs."""
        message, error = context["message"], context.get("exception")
        if message.startswith("Unclosed"):
            return  # `_sessions` names the line
        task = context.get("task") or context.get("future")
        if isinstance(task, asyncio.Task) and "never retrieved" in message:
            record = self.world.tasks.get(task) or self.world.record(task, None)
            self.world.problems.append(_lost(record))
            return
        where = _error_lines(error)
        text = f"{message}: {error!r}" if error else message
        self.world.problems.append(Problem(f"The event loop reports: {text}", where))

    def _tasks(self) -> Iterator[Problem]:
        if self.world.stuck:
            return
        for record in self.world.tasks.values():
            alive = not record.task.done() and not record.task.get_loop().is_closed()
            if record.ours and alive and record.task not in self._before:
                yield self._still_running(record)
        work = getattr(self.loop, "work", None)
        if work is not None and work.unfinished():
            yield Problem(
                f"{work.unfinished()} job(s) in threads or processes were still running "
                "at the end: await what `to_thread` or `run_in_executor` returns."
            )

    def _still_running(self, record: TaskRecord) -> Problem:
        wait = wait_of(record.task, self.world.label)
        made = f", made at line {record.made.line}," if record.made else ""
        return Problem(
            f"Task {record.label!r}{made} was still running at the end (it waits for "
            f"{wait.what}): await it, or cancel it and wait until it has ended.",
            wait.lines or ((record.made,) if record.made else ()),
        )

    def _lost(self) -> Iterator[Problem]:
        for record in self.world.tasks.values():
            task: Any = record.task
            # `_log_traceback`: nobody has looked at the exception yet (private name,
            # pinned by tests). Independent of when the garbage collector runs.
            if record.ours and task.done() and getattr(task, "_log_traceback", False):
                yield _lost(record)
                task._log_traceback = False

    def _sessions(self) -> Iterator[Problem]:
        for thing, line in self._http:
            problem = _left_open(thing, line)
            if problem is not None:
                yield problem

    def _generators(self) -> Iterator[Problem]:
        for loop in self.world.loops:
            for agen in list(loop.generators):
                if agen.ag_frame is not None and not agen.ag_running:
                    yield unfinished_generator(agen)

    def _warned(self) -> Iterator[Problem]:
        for warning in self._caught:
            text = str(warning.message)
            if "was never awaited" in text:
                yield _never_awaited(text)
            elif issubclass(warning.category, ResourceWarning):
                if not text.lower().startswith("unclosed c"):  # `_sessions` has it
                    yield Problem(f"Something was left open: {text}.")
            elif issubclass(warning.category, RuntimeWarning):
                yield Problem(f"Python warns: {text}")


def _lost(record: TaskRecord) -> Problem:
    error = record.task.exception()
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


def _never_awaited(text: str) -> Problem:
    frames = [
        line_at(found["file"], int(found["line"]), found["name"])
        for found in _FRAME.finditer(text)
        if not is_library(found["file"])
    ]
    mine = [line for line in frames if is_learner(line.path)]
    name = text.split("'")[1].rpartition(".")[2] if "'" in text else "a coroutine"
    return Problem(
        f"The coroutine `{name}()` was never awaited, so its body never ran: put "
        "`await` before the call, or hand it to a task.",
        tuple(mine[-1:]),
    )


def unfinished_generator(agen: AsyncGenerator[Any, Any]) -> Problem:
    """An async generator that was started and neither exhausted nor closed."""
    frame: Any = agen.ag_frame
    where = (line_of(frame),) if frame is not None else ()
    name = getattr(agen, "__name__", "generator")
    return Problem(
        f"The async generator `{name}()` was left unfinished, so its cleanup has not "
        "run: use `contextlib.aclosing()`.",
        where,
    )


def _left_open(thing: Any, line: Line) -> Problem | None:
    kind = type(thing).__name__
    if kind.endswith("Session") and not thing.closed:
        return Problem(f"A {kind} was never closed: use `async with`.", (line,))
    if kind.endswith("Response") and not thing.closed and thing.connection is not None:
        return Problem(
            f"The response to {thing.method} {thing.url} was never read or released: "
            "use `async with session.get(…)`.",
            (line,),
        )
    return None


_watches: list[Watch] = []


def install_http_tracking() -> None:
    """Remember each aiohttp session and response with the line that made it."""
    aiohttp = sys.modules.get("aiohttp")
    for cls in (aiohttp.ClientSession, aiohttp.ClientResponse) if aiohttp else ():
        if not hasattr(cls.__init__, "lab_tracked"):
            cls.__init__ = _tracked(cls.__init__)


def _tracked(real: Any) -> Any:
    @functools.wraps(real)
    def __init__(self: Any, *args: Any, **kwargs: Any) -> None:
        frame = next((f for f in callers(sys._getframe(1)) if not _passed_on(f)), None)
        if _watches and frame is not None and current() is not None:
            _watches[-1]._http.append((self, line_of(frame)))
        real(self, *args, **kwargs)

    __init__.lab_tracked = True  # type: ignore[attr-defined]
    return __init__


def _passed_on(frame: Any) -> bool:
    return is_library(frame.f_code.co_filename)
