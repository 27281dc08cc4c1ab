"""What is known of one answer: which rule broke, what was got, and where."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from grader.course import Exercise
from grader.pages.drawing import legend, timeline
from grader.pages.lessons import code, said
from grader.pages.marks import RULES, Mark, mark
from grader.pages.message import Block, blocks
from grader.results import Results
from grader.telling import worth_drawing
from grader.verdict import Doing, Line, Row, TestVerdict, Verdict
from grader.words import cut, cut_line, duration, safe, safe_line

_ADVICE = {
    "broken": "Python could not load this file, so nothing in it was tested.",
    "timeout": "The tests skip all waiting, so this is no long wait: it is a loop or a "
    "call that never ends.",
    "todo": "Open the file: its first lines say what is asked, the TODOs where.",
}
_TITLES = {"failing": "The rule", "todo": "The next rule"}
_MOST_LINES = 4


@dataclass(frozen=True)
class CodeLine:
    """A line of the learner's; `elsewhere` is its file if that is another."""

    number: int
    source: Markup
    elsewhere: str
    decisive: bool


@dataclass(frozen=True)
class Failure:
    """The first rule that is broken, and everything that helps to see why."""

    title: str
    rule: Markup
    said: list[Block]
    advice: str
    mistake: tuple[Markup, Markup] | None
    lines: list[CodeLine]
    printed: str
    drawing: Markup
    legend: list[tuple[Doing, str]]


@dataclass(frozen=True)
class Answer:
    """How one answer fares."""

    mark: Mark
    path: str
    line: int | None
    rules: list[tuple[Mark, Markup]]
    holds: int
    seconds: str
    failure: Failure | None


def answer(results: Results, exercise: Exercise) -> Answer:
    """What there is to say about the answer to `exercise`."""
    verdict = results.verdict(exercise)
    path = f"{results.answers}/{exercise.chapter}/{exercise.slug}.py"
    path = safe_line(results.answer or path)
    if verdict is None:
        rules = [(RULES["not_run"], said(rule.text)) for rule in exercise.rules]
        return Answer(mark(results, exercise), path, None, rules, 0, "", None)
    own = [line.line for line in _where(verdict) if _same(line.path, path)]
    return Answer(
        mark(results, exercise),
        path,
        own[-1] if own else None,
        [(RULES[test.status], said(test.rule)) for test in verdict.tests],
        sum(test.status == "passed" for test in verdict.tests),
        duration(verdict.seconds),
        None if verdict.status == "passed" else _failure(verdict, path),
    )


def _failure(verdict: Verdict, path: str) -> Failure:
    test = verdict.first_failure
    message = _brief(verdict.message or (test.message if test else None) or "", path)
    drawn = _drawn(test) if test and verdict.status != "todo" else ()
    return Failure(
        title=_TITLES.get(verdict.status, "While testing this rule"),
        rule=said(test.rule if test else ""),
        said=blocks(message),
        advice=_ADVICE.get(verdict.status, ""),
        mistake=_mistake(verdict),
        lines=[] if verdict.status == "todo" else _lines(_where(verdict), path),
        printed=_printed(test),
        drawing=timeline(drawn),
        legend=legend(drawn),
    )


def _drawn(test: TestVerdict) -> Sequence[Row]:
    """As on the terminal, and a single task too if it waited several times."""
    rows = test.timeline or ()
    return worth_drawing(test) or (rows if rows and len(rows[0].spans) > 1 else ())


def _mistake(verdict: Verdict) -> tuple[Markup, Markup] | None:
    """The mistake that was recognised, if one was."""
    mistake = verdict.mistake
    return (said(mistake.name), said(mistake.advice)) if mistake else None


def _where(verdict: Verdict) -> Sequence[Line]:
    test = verdict.first_failure
    return verdict.where or (test.where if test else ())


def _lines(where: Sequence[Line], path: str) -> list[CodeLine]:
    """The learner's lines, the decisive one last."""
    once = list({(line.path, line.line): line for line in where}.values())
    shown = [line for line in once[-_MOST_LINES:] if line.source.strip()]
    return [
        CodeLine(
            number=line.line,
            source=code(cut_line(safe(line.source).strip("\n"), 200)),
            elsewhere="" if _same(line.path, path) else safe_line(line.path),
            decisive=line is shown[-1],
        )
        for line in shown
    ]


def _printed(test: TestVerdict | None) -> str:
    return cut(test.printed, lines=8, width=200).strip("\n") if test else ""


def _brief(message: str, path: str) -> str:
    """In the exercise's own file, `path:12` is just line 12."""
    return re.sub(rf"(?<![\w/.]){re.escape(path)}:(\d+)", r"line \1", message)


def _same(path: str, other: str) -> bool:
    return path == other or path.endswith(f"/{other}") or other.endswith(f"/{path}")
