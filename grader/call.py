"""What a command is given, and the exit codes with which it may answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from grader.course import Course, Exercise
from grader.errors import UsageError
from grader.options import Options

if TYPE_CHECKING:
    from grader.judging import Run

ALL_PASSED, NOT_YET, WRONG_USAGE, GRADER_FAILED, INTERRUPTED = 0, 1, 2, 3, 130


@dataclass(frozen=True)
class Call:
    """What was typed, about which course; `run` judges instead of the real runner."""

    options: Options
    course: Course
    run: Run | None = None


def only(exercises: Sequence[Exercise], command: str) -> Exercise:
    """The one exercise that `command` needs, or a UsageError."""
    if len(exercises) != 1:
        raise UsageError(
            f"`{command}` needs exactly one exercise, not {len(exercises)}. "
            f"Try `{command} {exercises[0].id}`."
        )
    return exercises[0]
