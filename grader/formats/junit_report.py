"""JUnit XML, as GitLab, GitHub's reporting actions and Jenkins read it.

An exercise is a test suite, a rule is a test case. What never ran, or is not written
yet, is *skipped*; what is wrong with the answer as a whole is an *error* of one case.
"""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree import ElementTree as ET

from grader.course import Exercise
from grader.results import Results
from grader.verdict import Line, TestVerdict, Verdict
from grader.words import safe, safe_line

_NOT_XML = dict.fromkeys((0xFFFE, 0xFFFF))


def junit_report(results: Results) -> str:
    """The report as XML. Exercises without a verdict are left out."""
    root = ET.Element("testsuites", name="asyncio kata", time=_seconds(results.seconds))
    for exercise in results.exercises:
        verdict = results.verdict(exercise)
        if verdict is not None:
            root.append(_suite(results, exercise, verdict))
    _add_counts(root)
    ET.indent(root)
    text = ET.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'


def _suite(results: Results, exercise: Exercise, verdict: Verdict) -> ET.Element:
    name = _line(f"{exercise.id} {exercise.title}")
    suite = ET.Element("testsuite", name=name, time=_seconds(verdict.seconds))
    ran = [test for test in verdict.tests if test.status != "not_run"]
    # Only the exercise as a whole is timed: equal shares keep the sum right.
    share = verdict.seconds / max(len(ran), 1)
    guilty = _guilty(verdict)
    for test in verdict.tests:
        case = _case(results, exercise, test.name, share if test in ran else 0.0)
        _add_outcome(case, verdict if test is guilty else None, test)
        suite.append(case)
    if verdict.message is not None and guilty is None:
        case = _case(results, exercise, "the answer as a whole", 0.0)
        case.append(_finding("error", verdict.message, verdict.where, verdict.status))
        suite.append(case)
    _add_counts(suite)
    return suite


def _guilty(verdict: Verdict) -> TestVerdict | None:
    """The test that carries what is wrong with the answer as a whole."""
    if verdict.message is None:
        return None
    return next((t for t in verdict.tests if t.status != "passed"), None)


def _case(
    results: Results, exercise: Exercise, name: str, seconds: float
) -> ET.Element:
    own = f"{results.answers}/{exercise.chapter}/{exercise.slug}.py"
    return ET.Element(
        "testcase",
        classname=f"{exercise.chapter}.{exercise.slug}",
        name=_line(name),
        file=_line(results.answer or own),
        time=_seconds(seconds),
    )


def _add_outcome(case: ET.Element, verdict: Verdict | None, test: TestVerdict) -> None:
    """Say how a test ended; `verdict` is given if it also speaks for the whole."""
    if verdict is not None and verdict.message is not None:
        finding = _finding("error", verdict.message, verdict.where, verdict.status)
    elif test.status == "failed":
        said = f"{test.rule}\n\n{test.message or ''}".strip()
        finding = _finding("failure", said, test.where, "failed")
    elif test.status == "todo":
        finding = _finding("skipped", test.message or "", test.where, "todo")
    elif test.status == "not_run":
        finding = _finding("skipped", "This rule was not reached.", (), "not_run")
    else:
        finding = None
    if finding is not None:
        case.append(finding)
    if printed := _text(test.printed).strip():
        ET.SubElement(case, "system-out").text = printed


def _finding(kind: str, said: str, where: Sequence[Line], type_: str) -> ET.Element:
    """Some readers show the attribute, some the text: both say it."""
    text = _text(said).strip()
    first = text.partition("\n")[0]
    finding = ET.Element(kind, message=_line(first), type=type_)
    lines = [f"{line.path}:{line.line}: {line.source.strip()}" for line in where]
    finding.text = "\n".join([text, "", *map(_line, lines)]).strip()
    return finding


def _add_counts(element: ET.Element) -> None:
    cases = list(element.iter("testcase"))
    element.set("tests", str(len(cases)))
    for name, tag in [
        ("failures", "failure"),
        ("errors", "error"),
        ("skipped", "skipped"),
    ]:
        element.set(name, str(sum(case.find(tag) is not None for case in cases)))


def _seconds(seconds: float) -> str:
    return f"{seconds:.3f}"


def _text(text: str) -> str:
    """Without what XML cannot hold, or a log should not."""
    return safe(text).translate(_NOT_XML)


def _line(text: str) -> str:
    return safe_line(text).translate(_NOT_XML)
