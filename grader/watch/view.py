"""The picture of what is known, as rich renderables. Nothing here prints."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Group, RenderableType
from rich.rule import Rule
from rich.text import Text

from grader import report
from grader.course import Exercise
from grader.failure import failure, heading
from grader.layout import Commands, Phrases, Prose, section
from grader.listing import listing
from grader.markdown import paragraphs
from grader.summary import summary
from grader.tracing import Trace, trace
from grader.verdict import TestStatus, Verdict
from grader.watch.state import State
from grader.words import count, safe, safe_line

_KEYS = {"h": "hint", "l": "list", "t": "trace", "n": "next", "q": "quit"}
_DOTS: dict[TestStatus, tuple[str, str]] = {
    "passed": ("●", "green"),
    "failed": ("✗", "bold red"),
    "todo": ("○", "dim"),
    "not_run": ("·", "dim"),
}


def picture(state: State, *, keys: bool) -> RenderableType:
    """The whole screen."""
    return Group(_body(state), Text(), Rule(style="dim"), _footer(state, keys=keys))


def entry(state: State, moment: str) -> RenderableType:
    """What a log says at one moment."""
    return Group(Text(f"--- {moment}"), _body(state), Text())


def opening(state: State) -> str:
    """The first line of a log."""
    many = count(len(state.results.exercises), "exercise")
    return f"asyncio kata: watching {many} in {state.results.judged}, Ctrl-C ends it\n"


def _body(state: State) -> RenderableType:
    if state.panel == "list":
        return listing(state.results.chapters, state.results)
    if state.panel == "summary":
        return summary(state.results, report.today())
    if state.current is None:
        total = len(state.results.exercises)
        looking = f"Looking for your first unsolved exercise: {state.known} of {total}"
        return Text(looking, "dim")
    return Group(*_exercise(state, state.current))


def _exercise(state: State, exercise: Exercise) -> Iterator[RenderableType]:
    verdict = state.verdict
    if verdict is None:
        yield Text(f"{exercise.id}  {safe_line(exercise.title)}", "bold")
        yield Text()
        yield Prose(state.fault) if state.fault else Text("judging …", "dim")
        return
    if state.panel == "trace":
        yield trace(Trace(exercise, verdict, state.references.get(exercise)))
        return
    yield from heading(state.results, exercise, verdict)
    yield _rules(verdict)
    if verdict.status == "passed":
        yield from _solved(state, exercise)
    else:
        yield from failure(state.results, exercise, verdict)
        yield from _hints(state, exercise)


def _rules(verdict: Verdict) -> Text:
    """How many rules hold, with a mark for each."""
    marks = [Text(*_DOTS[test.status]) for test in verdict.tests]
    held = sum(test.status == "passed" for test in verdict.tests)
    words = f"{held} of {count(len(marks), 'rule')} kept"
    return Text(" ").join([*marks, Text(f" {words}", "dim")])


def _solved(state: State, exercise: Exercise) -> Iterator[RenderableType]:
    yield Text()
    yield Text("Solved!", "bold green")
    elsewhere = state.results.elsewhere
    ways = [
        (f"python -m grader solution {exercise.id}{elsewhere}", "the reference"),
        (exercise.lesson, "the lesson"),
    ]
    if state.following:
        ways.insert(0, (state.following.path, safe_line(state.following.title)))
    yield from section("Next", Commands(ways))


def _hints(state: State, exercise: Exercise) -> Iterator[RenderableType]:
    total = len(state.results.course.hints(exercise)) if state.hints else 0
    for number, text in state.hints:
        parts = [
            Text(safe(block), "cyan", overflow="fold") if code else Prose(block)
            for code, block in paragraphs(text)
        ]
        yield from section(f"Hint {number} of {total}", Group(*parts))


def _footer(state: State, *, keys: bool) -> RenderableType:
    results = state.results
    done, total = results.passed(results.exercises), len(results.exercises)
    known = f"{done} of {total} solved" if state.known == total else ""
    judged = f"judged at {state.judged_at}" if state.verdict else ""
    status = " · ".join(filter(None, [known, judged]))
    phrases = [
        Text.assemble((key, "bold cyan"), (f" {word}", "dim"))
        for key, word in (_KEYS if keys else {"Ctrl-C": "quit"}).items()
    ]
    return Phrases([*phrases, Text(status, "dim")])
