"""Show the next hint of an exercise, or of the first that is not solved."""

from __future__ import annotations

from grader.call import ALL_PASSED, Call
from grader.errors import UsageError
from grader.hints import next_hints
from grader.quietly import one_or_current
from grader.report import hint
from grader.terminal import console, show


def run(call: Call) -> int:
    """Show the next hint, or all of them, and remember how far it went."""
    course = call.course
    exercise = one_or_current(call, "python -m grader hint")
    hints = next_hints(course, exercise, every=call.options.all)
    if not hints:
        raise UsageError(f"`{exercise.id}` has no hints. Read `{exercise.lesson}`.")
    show(console(), hint(course, exercise, hints))
    return ALL_PASSED
