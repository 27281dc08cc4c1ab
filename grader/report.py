"""Everything that the terminal shows, as rich renderables. Nothing here prints."""

from __future__ import annotations

import platform
import sys
from collections.abc import Iterator, Sequence
from datetime import date

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from grader.course import Course, Exercise
from grader.failure import failure, heading
from grader.layout import Commands, Prose, section
from grader.listing import listing as listing
from grader.markdown import paragraphs
from grader.news import news, own_news
from grader.overview import overview, waited
from grader.places import clickable
from grader.results import Results
from grader.summary import summary
from grader.timeline_chart import chart
from grader.verdict import TestStatus, Verdict
from grader.words import safe, safe_line

Ways = list[tuple[str, str]]  # what to type, and what it shows
_TEST_MARKS: dict[TestStatus, tuple[str, str]] = {
    "passed": ("●", "green"),
    "failed": ("✗", "bold red"),
    "todo": ("○", "dim"),
    "not_run": ("·", "dim"),
}


def today() -> date:
    """The day that the summary names."""
    return date.today()


def screen(results: Results, *, summary: bool = True) -> RenderableType:
    """The whole screen once the run is over."""
    parts: list[RenderableType] = []
    if len(results.exercises) == 1:
        parts += _one_exercise(results)
    elif summary:
        parts += [overview(results), Text(), Text(waited(results), "dim")]
    else:
        parts += [Text(), Text(_totals(results))]
    if results.interrupted:
        parts += [Text(), Text("Interrupted: this is what is known so far.", "yellow")]
    return Group(*parts, *news(results), *_look_at_next(results))


def plain_line(results: Results, exercise: Exercise) -> str:
    """One exercise in one line, for logs."""
    verdict = results.verdict(exercise)
    status = verdict.status if verdict else "unknown"
    return f"{status:<8}  {exercise.id:<5} {safe_line(exercise.title)}"


def hint(
    course: Course, exercise: Exercise, hints: Sequence[tuple[int, str]]
) -> RenderableType:
    """Numbered hints of one exercise, and what to do if they are not enough."""
    total = len(course.hints(exercise))
    parts: list[RenderableType] = [
        Text(f"{exercise.id}  {safe_line(exercise.title)}", "bold")
    ]
    for number, text in hints:
        parts += section(f"Hint {number} of {total}", _markdown(text))
    commands = [(f"python -m grader {exercise.id}", "judge your answer")]
    if hints[-1][0] < total:
        commands.insert(0, (f"python -m grader hint {exercise.id}", "the next hint"))
    return Group(*parts, *_next([*commands, (exercise.lesson, "the lesson")]))


def restored(exercise: Exercise, backup: str | None, *, before: bool) -> RenderableType:
    """What `reset` did; `before` says whether there was an answer at all."""
    told = f"`{exercise.path}` is the stub again."
    if backup is None and before:
        told = f"`{exercise.path}` still is the stub: nothing was changed."
    if backup is None:
        return Prose(told)
    place = clickable(safe_line(backup), exercise.root / backup)
    return Group(Prose(told), Text("Your text is kept:"), place)


def grader_failed(what: str, details: str = "") -> RenderableType:
    """The grader's own failure: it must not look like the learner's."""
    head = Text("The grader itself failed. Your answers are not to blame.", "reverse")
    system = f"Python {platform.python_version()} on {sys.platform}"
    parts: list[RenderableType] = [head, Text(), Prose(what)]
    if details:
        parts += section("Where", Text(safe(details).strip()))
    advice = f"Please open an issue with all of this text and: {system}."
    return Group(*parts, Text(), Text(advice))


def _one_exercise(results: Results) -> Iterator[RenderableType]:
    """The rules of the exercise, each with its mark."""
    exercise = results.exercises[0]
    verdict = results.verdict(exercise)
    if verdict is None:
        return
    table = Table.grid(padding=(0, 1))
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for test in verdict.tests:
        character, style = _TEST_MARKS[test.status]
        rule = Text(safe_line(test.rule), "dim" if test.status == "not_run" else "")
        table.add_row(Text(character, style), rule)
    yield from heading(results, exercise, verdict)
    yield Text()
    yield table
    yield Text()
    yield Text(waited(results), "dim")


def _look_at_next(results: Results) -> Iterator[RenderableType]:
    found = results.first_unsolved
    if found is not None:
        exercise, verdict = found
        if len(results.exercises) > 1:
            yield Text()
            yield Rule(style="dim")
            yield from heading(results, exercise, verdict)
        yield from own_news(results, exercise)
        yield from failure(results, exercise, verdict)
        yield from _next(_ways_on(results, exercise, verdict))
    elif results.all_passed:
        yield from _well_done(results)


def _ways_on(results: Results, exercise: Exercise, verdict: Verdict) -> Ways:
    ways = [(f"python -m grader hint {exercise.id}{results.elsewhere}", "a hint")]
    test = verdict.first_failure
    if test is not None and test.status == "failed" and chart(test.timeline or (), 80):
        command = f"python -m grader trace {exercise.id}{results.again}"
        ways.append((command, "who did what when"))
    again = (f"python -m grader {exercise.id}{results.again}", "judge it again")
    return [*ways, again, (exercise.lesson, "the lesson")]


def _well_done(results: Results) -> Iterator[RenderableType]:
    every = results.course.exercises
    yield Text()
    if len(results.exercises) < len(every):
        yield from _solved(results)
    elif results.answers == "exercises":
        yield summary(results, today())
    else:
        yield Text("Everything is solved.", "bold green")


def _solved(results: Results) -> Iterator[RenderableType]:
    """After one exercise: compare it with the reference, or go on to the next."""
    every, exercises = results.course.exercises, results.exercises
    ways: Ways = []
    if len(exercises) == 1:
        command = f"python -m grader solution {exercises[0].id}{results.again}"
        ways.append((command, "the reference, and how yours differs"))
    for following in every[every.index(exercises[-1]) + 1 :][:1]:
        title = safe_line(following.title)
        ways.append((f"python -m grader {following.id}{results.options}", title))
    ways.append((f"python -m grader{results.options}", "how far you have come"))
    yield Text("Solved!", "bold green")
    yield from _next(ways)


def _totals(results: Results) -> str:
    done, total = results.passed(results.exercises), len(results.exercises)
    return f"{done} of {total} solved, {waited(results)}"


def _next(pairs: Ways) -> Iterator[RenderableType]:
    yield from section("Next", Commands(pairs))


def _markdown(text: str) -> RenderableType:
    """A hint: code as it stands, prose with its `code` picked out."""
    parts: list[RenderableType] = []
    for code, block in paragraphs(text):
        body: RenderableType = Prose(block)
        if code:
            lines = Text(safe(block), "cyan", overflow="fold")
            body = Padding(lines, (0, 0, 0, 4), expand=False)
        parts += [Text(), body] if parts else [body]
    return Group(*parts)
