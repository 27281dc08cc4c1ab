"""What a test's outcome is called: for the grader, and in plain pytest's report."""

from __future__ import annotations

import inspect
from dataclasses import replace
from typing import Any

import pytest

from grader.harness import failures
from grader.harness.clock import VirtualLoop
from grader.harness.errors import LabError
from grader.harness.frames import is_learner
from grader.harness.world import Problem, World
from grader.verdict import TestVerdict

_MOST_CAUSES = 2  # to show beside a failure: the first ones say enough


def verdict(item: pytest.Item, call: pytest.CallInfo[Any], world: World) -> TestVerdict:
    """What this phase of the test says, in the words for learners."""
    lines = [loop.timeline for loop in world.loops if isinstance(loop, VirtualLoop)]
    rows = tuple(row for timeline in lines for row in timeline.rows())
    passed = TestVerdict(
        name=getattr(item, "originalname", item.name),
        rule=inspect.getdoc(item.obj) or "" if hasattr(item, "obj") else "",
        status="passed",
        virtual_seconds=None if world.real else round(world.seconds(), 9),
        timeline=rows or None,
    )
    return passed if call.excinfo is None else _failed(passed, call.excinfo.value)


def _failed(passed: TestVerdict, error: BaseException) -> TestVerdict:
    said = failures.describe(error)
    problems = [p for p in _problems(error) if _speaks_of_the_answer(p)][:_MOST_CAUSES]
    message = "\n\n".join([said.message, *(p.message for p in problems)])
    lines = dict.fromkeys(line for problem in problems for line in problem.where)
    where = said.where or tuple(lines)
    return replace(passed, status=said.status, message=message, where=where)


def _speaks_of_the_answer(problem: Problem) -> bool:
    """A test that failed half-way leaves things behind itself: those do not count."""
    return any(is_learner(line.path) for line in problem.where)


def _problems(error: BaseException) -> list[Problem]:
    return getattr(error, "lab_problems", [])


def show(report: pytest.TestReport, error: BaseException) -> None:
    """What plain pytest prints: the lab's words instead of the lab's traceback."""
    if isinstance(error, LabError):
        notes = "\n".join(getattr(error, "__notes__", ()))
        report.longrepr = "\n".join(
            filter(None, [error.message, *_paths(error), notes])
        )
    for problem in _problems(error):
        report.sections.append(("the lab also saw", problem.message))


def _paths(error: LabError) -> list[str]:
    return [f"    {line.path}:{line.line}  {line.source}" for line in error.where]
