"""Notices when a newer course has changed an exercise under an answer.

`.grader/judged.json` keeps, for each answer, the blob ids of the stub and the tests
that it was written for. It is only a memory: without it nothing is noticed.
"""

from __future__ import annotations

from typing import Any

from grader import stubs
from grader.cache import keep, recall
from grader.course import Exercise
from grader.results import Results

_PARTS = {"stub": "task", "tests": "tests"}


def notice(results: Results) -> None:
    """Fill `results.changed`, and remember for next time what was judged."""
    if results.answers != "exercises" or results.answer is not None:
        return  # these are not the learner's own
    root = results.course.root
    before, known = recall(root, "judged"), stubs.known(root)
    after = dict(before)
    for exercise in results.exercises:
        if results.verdict(exercise) is None:
            continue
        now = _state(exercise, known.get(exercise.path))
        if now["answer"] in (None, now["stub"]):  # nothing was written yet
            after.pop(exercise.path, None)
            continue
        old = _readable(before.get(exercise.path), now)
        if parts := tuple(_PARTS[key] for key in _PARTS if old[key] != now[key]):
            results.changed[exercise.id] = parts
        # An answer that fails as it did before is still one to the older exercise.
        if not parts or results.is_passed(exercise) or old["answer"] != now["answer"]:
            after[exercise.path] = now
    if after != before:
        keep(root, "judged", after)


def _state(exercise: Exercise, stub: str | None) -> dict[str, str | None]:
    root = exercise.root
    return {
        "answer": stubs.file_id(root / exercise.path),
        "stub": stub,
        "tests": stubs.file_id(root / exercise.tests),
    }


def _readable(old: Any, now: dict[str, str | None]) -> dict[str, str | None]:
    """What was remembered; `now` if that is nothing, or cannot be read."""
    return old if isinstance(old, dict) and old.keys() == now.keys() else now
