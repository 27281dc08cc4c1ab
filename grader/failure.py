"""The lower part of the screen: the one thing to look at next, and why."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rich.console import RenderableType
from rich.text import Text

from grader.course import Exercise
from grader.layout import Chart, Phrases, Prose, section
from grader.overview import MARKS
from grader.places import clickable, shown_path
from grader.results import Results
from grader.telling import worth_drawing
from grader.verdict import Line, TestVerdict, Verdict
from grader.words import cut, safe, safe_line

_TO_DO = "Open the file: its first lines say what is asked, the TODOs where."
_ADVICE = {
    "broken": "Python could not load this file, so nothing in it was tested.",
    "timeout": "The tests skip all waiting, so this is no long wait: it is a loop or "
    "a call that never ends.",
}
_MOST_LINES = 4


def heading(
    results: Results, exercise: Exercise, verdict: Verdict
) -> Iterator[RenderableType]:
    """Number and title of an exercise, how it fared, and where to look."""
    character, style, meaning = MARKS[verdict.status]
    title = Text(f"{exercise.id}  {safe_line(exercise.title)}", "bold")
    yield Phrases([title, Text(f"{character} {meaning}", style)])
    path = shown_path(results, exercise)
    line = _own_line(path, _where(verdict))
    yield clickable(path, results.file(exercise), line)


def failure(
    results: Results, exercise: Exercise, verdict: Verdict
) -> Iterator[RenderableType]:
    """What is wrong with `exercise`: its first failing test, and nothing else."""
    test = verdict.first_failure
    path = shown_path(results, exercise)
    message = _brief(verdict.message or (test.message if test else None) or "", path)
    if verdict.status == "todo" and (test is None or test.status == "todo"):
        yield from _not_written(message, test)
        return
    if test is not None:
        ended = verdict.status in ("failing", "todo")
        title = "The rule" if ended else "While testing this rule"
        yield from section(title, Prose(test.rule))
    happened = "\n".join(filter(None, [message, _ADVICE.get(verdict.status)]))
    yield from section("What happened", Prose(happened))
    yield from _lines(_where(verdict), path, message)
    if mistake := verdict.mistake:
        said = Prose(f"{mistake.name}\n{mistake.advice}")
        yield from section("This looks like a typical mistake", said)
    yield from _evidence(test)


def _not_written(message: str, test: TestVerdict | None) -> Iterator[RenderableType]:
    yield from section("What to do", Prose(f"{message} {_TO_DO}".strip()))
    if test is not None:
        yield from section("The next rule", Prose(test.rule))


def _where(verdict: Verdict) -> Sequence[Line]:
    test = verdict.first_failure
    return verdict.where or (test.where if test else ())


def _brief(message: str, path: str) -> str:
    """In the exercise's own file, `path:12` is just line 12."""
    return re.sub(rf"(?<![\w/.]){re.escape(path)}:(\d+)", r"line \1", message)


def _own_line(path: str, where: Sequence[Line]) -> int | None:
    """The decisive line in the exercise's own file."""
    return next((line.line for line in reversed(where) if _same(line.path, path)), None)


def _same(path: str, other: str) -> bool:
    return path == other or path.endswith(f"/{other}") or other.endswith(f"/{path}")


def _lines(where: Sequence[Line], path: str, message: str) -> Iterator[RenderableType]:
    """The learner's lines, the decisive one last, unless the message quotes them."""
    shown = [line for line in where[-_MOST_LINES:] if line.source.strip()]
    if all(f"line {line.line}  {line.source.strip()}" in message for line in shown):
        return
    text = Text(no_wrap=True, overflow="ellipsis")
    width = max(len(str(line.line)) for line in shown)
    for line in shown:
        decisive = line is shown[-1]
        text.append("> " if decisive else "  ", "bold red")
        text.append(f"{line.line:>{width}} │ ", "dim")
        text.append(safe_line(line.source), "bold" if decisive else "")
        if not _same(line.path, path):
            text.append(f"  {safe_line(line.path)}", "dim")
        text.append("\n")
    text.right_crop(1)
    yield from section("Your code", text)


def _evidence(test: TestVerdict | None) -> Iterator[RenderableType]:
    if test is None:
        return
    if safe(test.printed).strip():
        printed = cut(test.printed, lines=8, width=200)
        text = Text(printed, no_wrap=True, overflow="ellipsis")
        yield from section("What it printed", text)
    if rows := worth_drawing(test):
        yield from section("Who did what when, in seconds", Chart(rows))
