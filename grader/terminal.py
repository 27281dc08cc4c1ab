"""The terminal, or whatever stands in its place. Only this module and `cli` write."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from grader.errors import UsageError

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

_WIDEST = 88  # long lines are hard to read, however wide the terminal is


def console(*, stderr: bool = False, widest: int = _WIDEST) -> Console:
    """Where to show things: no markup or emoji codes, whatever learners write."""
    try:
        from rich.console import Console
    except ModuleNotFoundError:
        raise UsageError(
            "`rich` is missing. Run `python -m pip install -e .`"
        ) from None

    console = Console(stderr=stderr, markup=False, emoji=False, highlight=False)
    console.width = min(console.width, widest)
    return console


def show(console: Console, report: RenderableType) -> None:
    """Show `report`: where there is no terminal, as text without trailing blanks."""
    from grader.formats.text_report import as_text

    if console.is_terminal:
        console.print(report)
    else:
        console.file.write(as_text(report, console.width))
        console.file.flush()


def write(text: str) -> None:
    """Write `text` to standard output as it is."""
    sys.stdout.write(text)
    sys.stdout.flush()
