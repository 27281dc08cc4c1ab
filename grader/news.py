"""Says what a newer course has changed under the answers."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import RenderableType
from rich.text import Text

from grader.course import Exercise
from grader.layout import Prose
from grader.results import Results


def news(results: Results) -> Iterator[RenderableType]:
    """All exercises that have changed, if it is not only the one that is shown."""
    found = results.first_unsolved
    shown = {found[0].id} if found else set()
    if results.changed.keys() <= shown:
        return
    named = ", ".join(f"{n} ({_and(parts)})" for n, parts in results.changed.items())
    yield Text()
    yield Prose(f"Changed since you wrote your answers: {named}.", "yellow")


def own_news(results: Results, exercise: Exercise) -> Iterator[RenderableType]:
    """One sentence about the exercise that is shown."""
    parts = results.changed.get(exercise.id)
    if not parts:
        return
    verb = "have" if parts[-1] == "tests" else "has"
    told = f"The {_and(parts)} of this exercise {verb} changed since your answer."
    if "task" in parts:
        told += (
            f" `python -m grader reset {exercise.id}{results.elsewhere}` brings the "
            "new stub and keeps your text."
        )
    yield Text()
    yield Prose(told, "yellow")


def _and(parts: tuple[str, ...]) -> str:
    return " and ".join(parts)
