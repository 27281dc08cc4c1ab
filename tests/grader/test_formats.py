"""The JSON report is what other programs rely on: it is compared whole."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from grader.course import Course
from grader.formats import FORMATS
from grader.results import Results
from grader.verdict import Line, TestVerdict, Verdict
from tests.grader.samples import NAMES, RULES, broken, write_course


@pytest.fixture
def course(tmp_path: Path) -> Course:
    return Course.load(write_course(tmp_path))


def passed_test(number: int) -> dict[str, object]:
    """A passed test in the report."""
    return {
        "name": NAMES[number],
        "rule": RULES[number],
        "status": "passed",
        "message": None,
        "where": [],
        "printed": "",
        "virtual_seconds": 2.0,
        "timeline": None,
    }


def test_the_whole_json_report(course: Course) -> None:
    first = TestVerdict(NAMES[0], RULES[0], "passed", virtual_seconds=2.0)
    where = (Line("ask.py", 3, "return 3", "ask"),)
    second = TestVerdict(NAMES[1], RULES[1], "failed", "got 3", where, "hi\n")
    third = TestVerdict(NAMES[2], RULES[2])
    known = Results(course, course.select(["1.1"]), answers="solutions", seconds=0.5)
    known.add(Verdict("1.1", "failing", (first, second, third), seconds=0.25))
    line = {"path": "ask.py", "line": 3, "source": "return 3", "function": "ask"}

    assert json.loads(FORMATS["json"](known)) == {
        "schema": "asyncio-kata/report/v1",
        "answers": "solutions",
        "complete": True,
        "fault": None,
        "seconds": 0.5,
        "virtual_seconds": 2.0,
        "summary": {"passed": 0, "total": 1},
        "chapters": [
            {
                "id": "ch01",
                "slug": "ch01_asking",
                "title": "Asking",
                "exercises": [
                    {
                        "id": "1.1",
                        "slug": "ex01_ask",
                        "path": "exercises/ch01_asking/ex01_ask.py",
                        "title": "Ask a question",
                        "status": "failing",
                        "seconds": 0.25,
                        "mistake": None,
                        "message": "got 3",
                        "where": [line],
                        "tests": [
                            passed_test(0),
                            {
                                "name": NAMES[1],
                                "rule": RULES[1],
                                "status": "failed",
                                "message": "got 3",
                                "where": [line],
                                "printed": "hi\n",
                                "virtual_seconds": None,
                                "timeline": None,
                            },
                            {
                                **passed_test(2),
                                "status": "not_run",
                                "virtual_seconds": None,
                            },
                        ],
                    }
                ],
            }
        ],
    }


def test_an_incomplete_report_says_so_and_leaves_out_the_unknown(
    course: Course,
) -> None:
    known = Results(course, course.exercises, interrupted=True)
    known.add(broken("1.2"))

    report = json.loads(FORMATS["json"](known))

    assert report["complete"] is False
    assert report["summary"] == {"passed": 0, "total": 3}
    chapters = report["chapters"]
    assert [[e["id"] for e in c["exercises"]] for c in chapters] == [["1.2"], []]
    assert chapters[0]["exercises"][0]["message"] == "SyntaxError: invalid"
    assert chapters[0]["exercises"][0]["where"][0]["line"] == 7


def test_any_text_survives_the_way_through_json(course: Course) -> None:
    evil = "\x1b[31m\0\udc80 ─ 漢"
    known = Results(course, course.select(["1.1"]))
    known.add(Verdict("1.1", "crashed", message=evil))

    text = FORMATS["json"](known)

    assert text.isascii()
    exercise = json.loads(text)["chapters"][0]["exercises"][0]
    assert exercise["message"] == evil


def test_the_text_report_is_the_screen_without_colours(course: Course) -> None:
    known = Results(course, course.select(["1.1"]), seconds=0.5)
    known.add(broken("1.1"))

    text = FORMATS["text"](known)

    assert text.startswith("1.1  Ask a question   ! does not import\n")
    assert "\x1b" not in text
    assert text.endswith("the lesson\n")
