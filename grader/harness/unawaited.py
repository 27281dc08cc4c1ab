"""Coroutines that nobody awaited, from what Python warns about them."""

from __future__ import annotations

import re
from typing import Any

from grader.harness.frames import is_learner, is_library, line_at
from grader.harness.world import Problem
from grader.verdict import Line

_FRAME = re.compile(r'File "(?P<file>.+)", line (?P<line>\d+), in (?P<name>\S+)')


def never_awaited(text: str, coro: Any) -> Problem:
    """`text` is the warning, with the lines that made the coroutine `coro`."""
    frames = [
        line_at(found["file"], int(found["line"]), found["name"])
        for found in _FRAME.finditer(text)
        if not is_library(found["file"])
    ]
    mine = [line for line in frames if is_learner(line.path)] or _definition(coro)
    name = text.split("'")[1].rpartition(".")[2] if "'" in text else "a coroutine"
    return Problem(
        f"The coroutine `{name}()` was never awaited, so its body never ran: put "
        "`await` before the call, or hand it to a task.",
        tuple(mine[-1:]),
    )


def _definition(coro: Any) -> list[Line]:
    """Where the learner defined a coroutine that somebody else called."""
    code = getattr(coro, "cr_code", None)
    if code is None or not is_learner(code.co_filename):
        return []
    return [line_at(code.co_filename, code.co_firstlineno, code.co_qualname)]
