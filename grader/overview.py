"""The upper part of the screen: how far the learner has come."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from grader.course import Exercise
from grader.layout import Bar, Phrases
from grader.results import Results
from grader.verdict import Status
from grader.words import count, duration, safe_line

# Every mark differs in shape, not only in colour.
MARKS: dict[Status, tuple[str, str, str]] = {
    "passed": ("●", "green", "solved"),
    "failing": ("✗", "bold red", "a test fails"),
    "todo": ("○", "dim", "still to do"),
    "broken": ("!", "bold yellow", "does not import"),
    "timeout": ("∞", "bold magenta", "does not end"),
    "crashed": ("↯", "bold magenta", "crashed"),
    "tampered": ("≠", "bold red", "tampered with"),
}
CURRENT = "▸"  # stands before the mark of the exercise that is next
_UNKNOWN = ("·", "dim", "not judged")


def overview(results: Results) -> RenderableType:
    """The overall bar, a line per chapter, and what the marks mean."""
    done, total = results.passed(results.exercises), len(results.exercises)
    name = Text("asyncio kata", "bold")
    if results.answers != "exercises":
        name.append(f"  judging {safe_line(results.judged)}", "not bold dim")
    head = _sides(name, Text(f"{done} of {total} solved", "bold"))
    chapters = Group(Text(), _chapters(results), Text())
    return Group(head, Bar(done, total), chapters, _legend(results))


def waited(results: Results) -> str:
    """How much waiting the virtual clock saved."""
    real = duration(results.seconds)
    if results.virtual_seconds <= results.seconds:
        return f"{count(len(results.verdicts), 'exercise')} graded in {real}"
    return f"{duration(results.virtual_seconds)} of waiting graded in {real}"


def mark(results: Results, exercise: Exercise) -> tuple[str, str, str]:
    """The mark of an exercise: character, style, meaning."""
    verdict = results.verdict(exercise)
    return MARKS[verdict.status] if verdict else _UNKNOWN


def _sides(left: Text, right: Text) -> Table:
    table = Table.grid(expand=True, padding=(0, 1))
    table.add_column(ratio=1, no_wrap=True, overflow="ellipsis")
    table.add_column(justify="right", no_wrap=True)
    table.add_row(left, right)
    return table


def _chapters(results: Results) -> Table:
    table = Table.grid(expand=True, padding=(0, 2))
    table.add_column(justify="right", no_wrap=True)
    table.add_column(no_wrap=True, overflow="ellipsis")
    table.add_column(ratio=1, overflow="fold")
    table.add_column(justify="right", no_wrap=True)
    for chapter, exercises in results.chapters:
        done = results.passed(exercises)
        table.add_row(
            Text(str(chapter.number), "dim"),
            Text(safe_line(chapter.title), "dim" if done == len(exercises) else ""),
            _marks(results, exercises),
            Text(f"{done}/{len(exercises)}", "green" if done else "dim"),
        )
    return table


def _marks(results: Results, exercises: Sequence[Exercise]) -> Text:
    marks = Text()
    for exercise in exercises:
        character, style, _ = mark(results, exercise)
        marks.append(CURRENT if exercise == results.current else " ", "bold")
        marks.append(character, style)
    return marks


def _legend(results: Results) -> RenderableType:
    """What the marks on the screen mean, in the order of MARKS."""
    present = {mark(results, exercise) for exercise in results.exercises}
    meanings = [m for m in (*MARKS.values(), _UNKNOWN) if m in present]
    if results.current is not None:
        meanings.append((CURRENT, "bold", "you are here"))
    return Phrases(
        Text.assemble((character, style), (f" {word}", "dim"))
        for character, style, word in meanings
    )
