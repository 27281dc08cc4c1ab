"""Where files lie: as a learner types it, and as a terminal opens it by a click."""

from __future__ import annotations

from pathlib import Path

from rich.style import Style
from rich.text import Text

from grader.course import Exercise
from grader.results import Results
from grader.words import safe_line


def shown_path(results: Results, exercise: Exercise) -> str:
    """Where the judged answer lies, as the learner would type it."""
    own = f"{results.answers}/{exercise.chapter}/{exercise.slug}.py"
    return safe_line(results.answer or own)


def clickable(shown: str, file: Path, line: int | None = None) -> Text:
    """`shown:line`, which leads to the file where the terminal knows links (OSC 8).

    Without a terminal rich writes the text alone. `path:line` is what editors know.
    """
    uri = file.absolute().as_uri() + (f"#L{line}" if line else "")
    words = f"{shown}:{line}" if line else shown
    return Text(words, Style(color="cyan", link=uri), overflow="fold")
