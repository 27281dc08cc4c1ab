"""Remembers how many hints of each exercise have been shown."""

from __future__ import annotations

from pathlib import Path

from grader.cache import keep, recall
from grader.course import Course, Exercise


def next_hints(
    course: Course, exercise: Exercise, *, every: bool = False
) -> list[tuple[int, str]]:
    """The next hint with its number, or all of them; the last is shown for ever."""
    hints = list(enumerate(course.hints(exercise), start=1))
    if not hints:
        return []
    levels = _levels(course.root)
    key = f"{exercise.chapter}/{exercise.slug}"
    level = len(hints) if every else min(levels.get(key, 0) + 1, len(hints))
    keep(course.root, "hints", {**levels, key: level})
    return hints if every else hints[level - 1 : level]


def _levels(root: Path) -> dict[str, int]:
    items = recall(root, "hints").items()
    return {k: v for k, v in items if type(v) is int and v >= 0}
