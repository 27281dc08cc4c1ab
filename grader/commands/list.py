"""Show all exercises."""

from __future__ import annotations

from grader.call import ALL_PASSED, Call
from grader.report import listing
from grader.results import Results
from grader.terminal import console, show


def run(call: Call) -> int:
    """Show the exercises that were named, by chapter."""
    exercises = call.course.select(call.options.words)
    show(console(), listing(Results(call.course, exercises).chapters))
    return ALL_PASSED
