"""The screen as plain text, for files, pipes and logs."""

from __future__ import annotations

import io

from rich.console import Console, RenderableType

from grader.report import screen
from grader.results import Results


def text_report(results: Results) -> str:
    """What a terminal of 80 columns shows."""
    return as_text(screen(results), 80)


def as_text(report: RenderableType, width: int) -> str:
    """Plain text without colours, and without blanks at the ends of lines."""
    text = io.StringIO()
    console = Console(
        file=text,
        width=width,
        color_system=None,
        force_terminal=False,
        legacy_windows=False,
    )
    console.print(report, markup=False, emoji=False, highlight=False)
    lines = [line.rstrip() for line in text.getvalue().split("\n")]
    return "\n".join(lines)
