"""The JSON report, the stable interface for tools: "asyncio-kata/report/v1".

Keys may be added to it, but none is renamed or dropped without a new version.
"""

from __future__ import annotations

import json
from typing import Any

from grader.course import Chapter, Exercise
from grader.results import Results
from grader.verdict import TestVerdict, Verdict, to_json

SCHEMA = "asyncio-kata/report/v1"


def json_report(results: Results) -> str:
    """The report as text; ASCII only, so that no encoding can spoil it."""
    return json.dumps(report(results), indent=2, ensure_ascii=True) + "\n"


def report(results: Results) -> dict[str, Any]:
    """The report as plain data. Exercises without a verdict are left out."""
    passed, total = results.passed(results.exercises), len(results.exercises)
    return {
        "schema": SCHEMA,
        "answers": results.judged,
        "complete": results.complete,
        "fault": results.fault,
        "seconds": results.seconds,
        "virtual_seconds": results.virtual_seconds,
        "summary": {"passed": passed, "total": total},
        "chapters": [_chapter(results, *pair) for pair in results.chapters],
    }


def _chapter(
    results: Results, chapter: Chapter, exercises: list[Exercise]
) -> dict[str, Any]:
    judged = [(e, v) for e in exercises if (v := results.verdict(e))]
    return {
        "id": chapter.id,
        "slug": chapter.slug,
        "title": chapter.title,
        "exercises": [_exercise(exercise, verdict) for exercise, verdict in judged],
    }


def _exercise(exercise: Exercise, verdict: Verdict) -> dict[str, Any]:
    first = verdict.first_failure
    where = verdict.where or (first.where if first else ())
    return {
        "id": exercise.id,
        "slug": exercise.slug,
        "path": exercise.path,
        "title": exercise.title,
        "status": verdict.status,
        "seconds": verdict.seconds,
        "mistake": verdict.mistake and to_json(verdict.mistake),
        "message": verdict.message or (first.message if first else None),
        "where": [to_json(line) for line in where],
        "tests": [_test(test) for test in verdict.tests],
    }


def _test(test: TestVerdict) -> dict[str, Any]:
    data = to_json(test)
    keys = ("name", "rule", "status", "message", "where", "printed")
    return {key: data[key] for key in (*keys, "virtual_seconds", "timeline")}
