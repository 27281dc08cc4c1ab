"""aiohttp's sessions and responses, each with the line that made it.

A session that is kept and one that was dropped count alike: nothing here depends on
the garbage collector.
"""

from __future__ import annotations

import functools
import sys
from collections.abc import Iterator
from typing import Any

from grader.harness.frames import callers, is_library, line_of
from grader.harness.world import Problem
from grader.verdict import Line

Made = list[tuple[Any, Line]]

_watching: list[Made] = []


def begin() -> Made:
    """From now on, remember what is made; worlds nest."""
    _watching.append([])
    return _watching[-1]


def end(made: Made) -> None:
    """Stop what `begin()` began."""
    _watching.remove(made)
    for thing, _ in made:
        _let_go(thing)


def _let_go(thing: Any) -> None:
    """What was left open has been told; it must not be found in another test."""
    kind = type(thing).__name__
    if kind.endswith("Session") and not thing.closed:
        connector = thing.connector
        thing.detach()
        if connector is not None:
            next(iter(connector.close().__await__()), None)
    elif kind.endswith("Response"):
        thing.close()


def left_open(made: Made) -> Iterator[Problem]:
    """What of `made` was never closed or released."""
    for thing, line in made:
        problem = _problem(thing, line)
        if problem is not None:
            yield problem


def _problem(thing: Any, line: Line) -> Problem | None:
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


def track() -> None:
    """Let aiohttp, if it is there, tell of each session and response."""
    aiohttp = sys.modules.get("aiohttp")
    for cls in (aiohttp.ClientSession, aiohttp.ClientResponse) if aiohttp else ():
        if not hasattr(cls.__init__, "lab_tracked"):
            cls.__init__ = _tracked(cls.__init__)


def _tracked(real: Any) -> Any:
    @functools.wraps(real)
    def tracked(self: Any, *args: Any, **kwargs: Any) -> None:
        ours = (
            frame
            for frame in callers(sys._getframe(1))
            if not is_library(frame.f_code.co_filename)
        )
        frame = next(ours, None)
        if _watching and frame is not None:
            _watching[-1].append((self, line_of(frame)))
        real(self, *args, **kwargs)

    tracked.lab_tracked = True  # type: ignore[attr-defined]
    return tracked
