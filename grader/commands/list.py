"""Show all exercises, or those that are --todo, --failing or --passed."""

from __future__ import annotations

from grader.call import ALL_PASSED, Call
from grader.listing import FILTERS, filtered, listing
from grader.results import Results
from grader.terminal import console, show


def run(call: Call) -> int:
    """Show the exercises that were named, by chapter; judge only to filter."""
    exercises = call.course.select(call.options.words)
    wanted = [name for name in FILTERS if getattr(call.options, name)]
    if wanted:
        from grader.quietly import judged

        report = filtered(judged(call, exercises), wanted)
    else:
        report = listing(Results(call.course, exercises).chapters)
    show(console(), report)
    return ALL_PASSED
