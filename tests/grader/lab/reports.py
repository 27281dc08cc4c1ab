"""The reports of programs that get stuck, and how they should look."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

import pytest

from grader.harness import run
from grader.harness.errors import StuckExample
from tests.grader.lab import snippets_deadlock as snippets
from tests.grader.lab.lines import shown

Program = Callable[[], Coroutine[Any, Any, None]]

DEADLOCK = "Deadlock: every task waits for something that cannot happen."


def report_of(program: Program) -> str:
    """The report of a program that gets stuck."""
    with pytest.raises(StuckExample) as caught:
        run(program())
    return caught.value.message


def report(*lines: str, headline: str = DEADLOCK, at: str = "0") -> str:
    """A report; lines that begin with `>` are shown with their file and number."""
    body = [
        shown(snippets, line[1:].strip()) if line.startswith(">") else line
        for line in lines
    ]
    return "\n".join([headline, f"At {at} s of virtual time:", *body])
