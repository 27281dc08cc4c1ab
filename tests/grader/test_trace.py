"""`trace`: which test it draws, and both charts beside or below each other."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from grader.course import Course
from grader.formats.text_report import as_text
from grader.tracing import Trace, trace
from grader.verdict import Row, Span, Verdict
from tests.grader.goldens import compare
from tests.grader.samples import NAMES, TIMELINE, failing, passed, todo, write_course

FAST = (
    Row("the test", 0, 2, "done", (Span(0, 2, "wait"),)),
    Row("ask", 0, 2, "done", (Span(0, 2, "sleep"),)),
)


@pytest.fixture
def course(tmp_path: Path) -> Course:
    return Course.load(write_course(tmp_path))


def timed(verdict: Verdict, **rows: tuple[Row, ...]) -> Verdict:
    """The same verdict with timelines for some tests, by the end of their names."""
    tests = [
        replace(test, timeline=next((r for k, r in rows.items() if k in test.name), ()))
        for test in verdict.tests
    ]
    return replace(verdict, tests=tuple(tests))


def test_the_failing_test_is_drawn_if_time_passed_in_it(course: Course) -> None:
    theirs = timed(passed("1.1"), answers=FAST)

    assert Trace(course.exercises[0], failing("1.1"), theirs).name == NAMES[1]


def test_else_the_first_test_with_several_tasks(course: Course) -> None:
    exercise = course.exercises[0]
    mine = timed(passed("1.1"), answers=FAST[:1], nothing=FAST)

    assert Trace(exercise, mine).name == NAMES[2]
    assert Trace(exercise, timed(passed("1.1"), seconds=FAST[:1])).name == NAMES[1]
    assert Trace(exercise, todo("1.1"), mine).name == NAMES[2]
    assert Trace(exercise, todo("1.1"), passed("1.1", 0)).name is None


def test_both_charts_stand_side_by_side_on_one_scale(course: Course) -> None:
    theirs = timed(passed("1.1"), seconds=FAST)

    text = as_text(trace(Trace(course.exercises[0], failing("1.1"), theirs)), 110)

    compare("trace-110", text)


def test_in_a_narrow_terminal_they_are_stacked(course: Course) -> None:
    theirs = timed(passed("1.1"), seconds=FAST)
    mine = failing("1.1")

    text = as_text(trace(Trace(course.exercises[0], mine, theirs)), 60)

    compare("trace-60", text)


def test_what_cannot_be_drawn_is_said(course: Course) -> None:
    exercise = course.exercises[0]
    theirs = timed(passed("1.1"), seconds=FAST)

    def shown(*verdicts: Verdict) -> str:
        return as_text(trace(Trace(exercise, *verdicts)), 60)

    still = timed(todo("1.1"), seconds=(Row("the test", 0, 0, "error"),))
    assert "Your answer  is still to do; no time passed in it\n" in shown(still, theirs)
    alone = shown(failing("1.1"))
    assert "The reference is not here: there is no `solutions/`.\n" in alone
    assert TIMELINE[1].task in alone
    assert shown(passed("1.1", 0)).endswith("so there is nothing to\ndraw.\n")
