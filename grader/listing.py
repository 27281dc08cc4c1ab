"""The list of exercises, with what is known of them if they were judged."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from rich.console import Group, RenderableType
from rich.style import Style
from rich.table import Table
from rich.text import Text

from grader.course import Chapter, Exercise
from grader.overview import CURRENT, mark
from grader.results import Results
from grader.verdict import Status
from grader.words import safe_line

# What each option of `list` shows. All that is begun and not solved fails.
_OPEN: tuple[Status, ...] = ("todo", "passed")
FILTERS: dict[str, Callable[[Status], bool]] = {
    "todo": lambda status: status == "todo",
    "failing": lambda status: status not in _OPEN,
    "passed": lambda status: status == "passed",
}


def listing(
    chapters: Sequence[tuple[Chapter, Sequence[Exercise]]],
    results: Results | None = None,
) -> RenderableType:
    """Exercises by chapter: number, title and name; the mark of each if it is known."""
    table = Table.grid(padding=(0, 2))
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    table.add_column(no_wrap=True)
    for position, (chapter, exercises) in enumerate(chapters):
        if position:
            table.add_row()
        table.add_row(Text(chapter.id, "bold"), Text(safe_line(chapter.title), "bold"))
        for exercise in exercises:
            title = Text(safe_line(exercise.title))
            number = _number(exercise, results)
            table.add_row(number, title, Text(exercise.name, _link(exercise)))
    return table


def filtered(results: Results, wanted: Sequence[str]) -> RenderableType:
    """Those exercises whose status is one of `wanted`, or a word that there is none."""
    chapters = [
        (chapter, [e for e in exercises if _is_wanted(results, e, wanted)])
        for chapter, exercises in results.chapters
    ]
    chapters = [(chapter, exercises) for chapter, exercises in chapters if exercises]
    if not chapters:
        return Text(f"No exercise here is {' or '.join(wanted)}.")
    return Group(listing(chapters, results))


def _is_wanted(results: Results, exercise: Exercise, wanted: Sequence[str]) -> bool:
    verdict = results.verdict(exercise)
    return verdict is not None and any(FILTERS[name](verdict.status) for name in wanted)


def _number(exercise: Exercise, results: Results | None) -> Text:
    if results is None:
        return Text(exercise.id)
    arrow = CURRENT if exercise == results.current else " "
    character, style, _ = mark(results, exercise)
    return Text.assemble((arrow, "bold"), (character, style), " ", exercise.id)


def _link(exercise: Exercise) -> Style:
    """By a click the name opens the file, where the terminal knows links."""
    file = exercise.root / exercise.path
    return Style(dim=True, link=file.absolute().as_uri())
