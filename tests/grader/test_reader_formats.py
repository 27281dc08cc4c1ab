"""JUnit XML and Exercism's results.json: asserted by the fields that readers use."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from grader.cli import main
from grader.course import Course
from grader.errors import UsageError
from grader.formats import FORMATS
from grader.options import FORMATS as NAMES_OF_FORMATS
from grader.results import Results
from grader.verdict import Line, TestVerdict, Verdict
from tests.grader.samples import (
    ASK,
    NAMES,
    RULES,
    Recital,
    broken,
    crashed,
    failing,
    passed,
    tampered,
    timeout,
    todo,
    write_course,
)

EVIL = "\x1b[31m<b>]]>\0\udc80\ufffe\uffff &amp; \u202e\ttab\nline"
HARMLESS = "<b>]]> &amp;   tab\nline"


@pytest.fixture
def course(tmp_path: Path) -> Course:
    return Course.load(write_course(tmp_path))


def judged(course: Course, *verdicts: Verdict) -> Results:
    """The results of the exercises that have verdicts."""
    numbers = [verdict.exercise for verdict in verdicts]
    results = Results(course, course.select(numbers), seconds=0.5)
    for verdict in verdicts:
        results.add(verdict)
    return results


def junit(course: Course, *verdicts: Verdict) -> ET.Element:
    return ET.fromstring(FORMATS["junit"](judged(course, *verdicts)))


def cases(root: ET.Element) -> list[tuple[str, str]]:
    """Every test case with what it holds."""
    return [
        (case.attrib["name"], " ".join(child.tag for child in case))
        for case in root.iter("testcase")
    ]


def exercism(course: Course, verdict: Verdict) -> dict[str, Any]:
    text = FORMATS["exercism"](judged(course, verdict))
    report: dict[str, Any] = json.loads(text)
    return report


def test_every_format_that_can_be_typed_exists() -> None:
    assert tuple(FORMATS) == NAMES_OF_FORMATS


def test_a_suite_per_exercise_counts_what_readers_count(course: Course) -> None:
    root = junit(course, passed("1.1"), failing("1.2"), todo("2.1"))

    assert root.tag == "testsuites"
    counts = ("tests", "failures", "errors", "skipped", "time")
    assert [root.attrib[c] for c in counts] == ["9", "1", "0", "4", "0.500"]
    names = [(s.attrib["name"], s.attrib["time"]) for s in root.findall("testsuite")]
    assert names == [
        ("1.1 Ask a question", "0.020"),
        ("1.2 Tell a story", "0.020"),
        ("2.1 Wait for it", "0.020"),
    ]


def test_a_case_says_where_it_belongs(course: Course) -> None:
    case = next(junit(course, passed("1.1")).iter("testcase"))

    assert case.attrib == {
        "classname": "ch01_asking.ex01_ask",
        "name": "test_answers",
        "file": ASK,
        "time": "0.007",
    }


def test_times_of_cases_add_up_to_the_time_of_their_suite(course: Course) -> None:
    root = junit(course, timeout("1.1"))
    times = [float(case.attrib["time"]) for case in root.iter("testcase")]

    assert times == [10.0, 0.0, 0.0]


def test_a_failure_tells_rule_message_and_lines_in_its_text(course: Course) -> None:
    root = junit(course, failing("1.1"))
    failure = next(root.iter("failure"))

    assert cases(root) == [
        (NAMES[0], ""),
        (NAMES[1], "failure system-out"),
        (NAMES[2], "skipped"),
    ]
    assert failure.attrib["message"] == RULES[1]
    assert failure.text == (
        f"{RULES[1]}\n\ngot 3.0, expected 2.0\n\n"
        f"{ASK}:9: return await _ask()\n{ASK}:14: await asyncio.sleep(3)"
    )
    assert next(root.iter("system-out")).text == "asking\nasking again"


@pytest.mark.parametrize(
    ("verdict", "first"),
    [
        (broken("1.1"), "error"),
        (timeout("1.1"), "error"),
        (crashed("1.1"), "error"),
        (tampered("1.1"), "error"),
        (todo("1.1"), "skipped"),
    ],
)
def test_what_is_wrong_with_the_whole_answer_is_an_error(
    course: Course, verdict: Verdict, first: str
) -> None:
    root = junit(course, verdict)

    assert cases(root)[0] == (NAMES[0], first)
    finding = next(root.iter(first))
    assert finding.attrib["type"] == verdict.status
    assert (verdict.message or "is not written yet.") in (finding.text or "")


def test_an_error_is_told_even_if_all_tests_passed(course: Course) -> None:
    tests = passed("1.1").tests
    root = junit(course, Verdict("1.1", "tampered", tests, message="It cheated."))

    assert cases(root)[-1] == ("the answer as a whole", "error")
    assert root.attrib["errors"] == "1"


def test_hostile_texts_leave_the_xml_valid_and_harmless(course: Course) -> None:
    where = (Line(EVIL, 1, EVIL, EVIL),)
    test = TestVerdict(EVIL, EVIL, "failed", EVIL, where, EVIL)
    root = junit(course, Verdict("1.1", "failing", (test,), message=EVIL))

    assert next(root.iter("error")).text.startswith(HARMLESS)  # type: ignore[union-attr]
    assert next(root.iter("system-out")).text == HARMLESS
    name = next(root.iter("testcase")).attrib["name"]
    assert name == "<b>]]> &amp; tab line"


def test_exercism_is_told_of_every_test_in_order(course: Course) -> None:
    report = exercism(course, failing("1.1"))

    assert (report["version"], report["status"], report["message"]) == (3, "fail", None)
    told = [(t["name"], t["status"], t["message"]) for t in report["tests"]]
    assert told == [
        (RULES[0], "pass", None),
        (RULES[1], "fail", "got 3.0, expected 2.0"),
        (RULES[2], "error", "This test was not reached."),
    ]
    assert report["tests"][1]["output"] == "asking\nasking again"
    code = report["tests"][1]["test_code"]
    assert code.startswith("def test_takes_two_seconds(self) -> None:")


@pytest.mark.parametrize(
    ("verdict", "status", "first"),
    [
        (passed("1.1"), "pass", "pass"),
        (todo("1.1"), "fail", "fail"),
        (timeout("1.1"), "fail", "error"),
        (broken("1.1"), "error", None),
        (crashed("1.1"), "error", None),
        (tampered("1.1"), "error", None),
    ],
)
def test_exercism_knows_three_outcomes(
    course: Course, verdict: Verdict, status: str, first: str | None
) -> None:
    report = exercism(course, verdict)

    assert report["status"] == status
    assert next((t["status"] for t in report["tests"]), None) == first
    assert bool(report["message"]) == (status == "error")


def test_exercism_gets_at_most_500_characters_of_output(course: Course) -> None:
    test = TestVerdict(NAMES[0], RULES[0], "failed", EVIL, (), EVIL + "x" * 4_000)
    (told,) = exercism(course, Verdict("1.1", "failing", (test,)))["tests"]

    assert len(told["output"]) == 500
    assert told["output"].endswith("xxx… and more was left out.")
    assert told["message"].replace("\ufffe\uffff", "") == HARMLESS


def test_exercism_is_about_one_exercise(course: Course) -> None:
    with pytest.raises(UsageError, match=r"not 3\. Try `python -m grader 1\.1 --form"):
        FORMATS["exercism"](Results(course, course.exercises))


def test_exercism_hears_of_an_interrupted_run(course: Course) -> None:
    results = Results(course, course.select(["1.1"]), interrupted=True)

    report = json.loads(FORMATS["exercism"](results))

    assert (report["status"], report["tests"]) == ("error", [])


def test_unreadable_tests_cost_exercism_only_their_code(course: Course) -> None:
    (course.root / course.exercises[0].tests).write_text("def test_(:")

    assert "test_code" not in exercism(course, failing("1.1"))["tests"][0]


@pytest.mark.parametrize(("format_", "code"), [("exercism", 0), ("junit", 1)])
def test_exercism_demands_0_if_the_tests_were_run(
    course: Course, capsys: pytest.CaptureFixture[str], format_: str, code: int
) -> None:
    words = ["1.1", "--course", str(course.root), "--format", format_]

    assert main(words, run=Recital(failing("1.1"))) == code
    assert "got 3.0, expected 2.0" in capsys.readouterr().out
