"""Remembers how many hints of each exercise have been shown, in `.grader/`.

Deleting that folder loses nothing but this memory; where it cannot be written or
read, hints begin again at the first.
"""

from __future__ import annotations

import contextlib
import json
from pathlib import Path

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
    _remember(course.root, {**levels, key: level})
    return hints if every else hints[level - 1 : level]


def _file(root: Path) -> Path:
    return root / ".grader" / "hints.json"


def _levels(root: Path) -> dict[str, int]:
    try:
        data = json.loads(_file(root).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    items = data.items() if isinstance(data, dict) else ()
    return {k: v for k, v in items if type(v) is int and v >= 0}


def _remember(root: Path, levels: dict[str, int]) -> None:
    with contextlib.suppress(OSError):
        _file(root).parent.mkdir(exist_ok=True)
        _file(root).write_text(json.dumps(levels, indent=2), encoding="utf-8")
