"""Draw what your tasks did when, beside what the reference's do."""

from __future__ import annotations

from grader.call import ALL_PASSED, Call
from grader.course import Exercise
from grader.quietly import judged, one_or_current
from grader.terminal import console, show
from grader.tracing import Trace, trace
from grader.verdict import Verdict

_WIDEST = 180  # two charts


def run(call: Call) -> int:
    """Judge the answer and the reference, and draw one test of both."""
    exercise = one_or_current(call, "python -m grader trace")
    mine = judged(call, [exercise]).verdicts[exercise.id]
    found = Trace(exercise, mine, _reference(call, exercise))
    show(console(widest=_WIDEST), trace(found))
    return ALL_PASSED


def _reference(call: Call, exercise: Exercise) -> Verdict | None:
    if not (call.course.root / "solutions" / exercise.chapter).is_dir():
        return None
    return judged(call, [exercise], answers="solutions").verdicts[exercise.id]
