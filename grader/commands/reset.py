"""Bring back the stub of an exercise; your text is kept."""

from __future__ import annotations

from datetime import datetime

from grader.call import ALL_PASSED, Call, only
from grader.report import restored
from grader.reset import reset
from grader.terminal import console, show


def run(call: Call) -> int:
    """Restore the stub, and say where the backup lies."""
    course, words = call.course, call.options.words
    # Without a number all exercises are meant, and that is too much to undo.
    exercise = only(course.select(words), "python -m grader reset")
    before = (course.root / exercise.path).exists()
    backup = reset(exercise, datetime.now())
    shown = backup.relative_to(course.root).as_posix() if backup else None
    show(console(), restored(exercise, shown, before=before))
    return ALL_PASSED
