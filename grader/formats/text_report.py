"""The screen as plain text, for a file."""

from __future__ import annotations

import io

from rich.console import Console

from grader.report import screen
from grader.results import Results


def text_report(results: Results, width: int = 80) -> str:
    """What the terminal shows, without colours and without blanks at line ends."""
    console = Console(
        file=io.StringIO(), width=width, markup=False, emoji=False, highlight=False,
        color_system=None, force_terminal=False, legacy_windows=False,
    )  # fmt: skip
    with console.capture() as captured:
        console.print(screen(results))
    lines = captured.get().splitlines()
    return "\n".join(line.rstrip() for line in lines).strip("\n") + "\n"
