"""Exercism's `results.json`, version 3: what a test runner tells their website.

https://exercism.org/docs/building/tooling/test-runners/interface
"""

from __future__ import annotations

import ast
import json
from typing import Any

from grader import sources
from grader.errors import UsageError
from grader.results import Results
from grader.verdict import TestVerdict, Verdict
from grader.words import safe

_MOST_OUTPUT = 500
_MOST_MESSAGE = 65_535
_STATUS = {"passed": "pass", "failed": "fail", "todo": "fail", "not_run": "error"}
_NOT_REACHED = "This test was not reached."


def exercism_report(results: Results) -> str:
    """The report of the one exercise that was asked for."""
    if len(results.exercises) != 1:
        raise UsageError(
            f"`--format exercism` is about one exercise, not {len(results.exercises)}. "
            f"Try `python -m grader {results.exercises[0].id} --format exercism`."
        )
    return json.dumps(_report(results), indent=2, ensure_ascii=True) + "\n"


def _report(results: Results) -> dict[str, Any]:
    exercise = results.exercises[0]
    verdict = results.verdict(exercise)
    if verdict is None:
        return _error(results.fault or "The tests were interrupted.")
    if all(test.status == "not_run" for test in verdict.tests) or (
        verdict.status in ("broken", "tampered")
    ):
        return _error(verdict.message or "No test was run.")
    code = _code(sources.read(exercise.root / exercise.tests))
    tests = [_test(test, verdict, code.get(test.name)) for test in verdict.tests]
    status = "pass" if verdict.status == "passed" else "fail"
    return {"version": 3, "status": status, "message": None, "tests": tests}


def _error(message: str) -> dict[str, Any]:
    said = _cut(message, _MOST_MESSAGE)
    return {"version": 3, "status": "error", "message": said, "tests": []}


def _test(test: TestVerdict, verdict: Verdict, code: str | None) -> dict[str, Any]:
    ended_here = test.message is not None and test.message == verdict.message
    status = "error" if ended_here else _STATUS[test.status]
    told = test.message or _NOT_REACHED
    data: dict[str, Any] = {
        "name": test.rule or test.name,
        "status": status,
        "message": None if status == "pass" else _cut(told, _MOST_MESSAGE),
        "output": _cut(test.printed, _MOST_OUTPUT) or None,
    }
    return data if code is None else {**data, "test_code": code}


def _cut(text: str, length: int) -> str:
    """At most `length` characters, and the reader is told that there was more."""
    text = safe(text).strip()
    said = "… and more was left out."
    return text if len(text) <= length else text[: length - len(said)] + said


def _code(source: str) -> dict[str, str]:
    """The text of every test function."""
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError):
        return {}
    return {
        node.name: ast.get_source_segment(source, node) or ""
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.name.startswith("test")
    }
