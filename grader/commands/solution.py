"""Show the reference answer, once yours has passed (or --peek)."""

from __future__ import annotations

from grader.call import ALL_PASSED, Call, only
from grader.course import Exercise
from grader.errors import UsageError
from grader.job import prepare
from grader.places import shown_path
from grader.solution import reference, solution
from grader.terminal import console, show


def run(call: Call) -> int:
    """Show the reference with its explanation, and compare it with the answer."""
    command = "python -m grader solution"
    exercise = only(call.course.select(call.options.words), command)
    if not reference(exercise).is_file():
        raise UsageError(
            f"`{exercise.id}` has no reference here. Read `{exercise.lesson}`."
        )
    results = prepare(call.course, [exercise], call.options).results
    if not call.options.peek:
        _check_passed(call, exercise)
    path = shown_path(results, exercise)
    show(console(), solution(exercise, results.file(exercise), path))
    return ALL_PASSED


def _check_passed(call: Call, exercise: Exercise) -> None:
    from grader.quietly import judged

    if not judged(call, [exercise]).all_passed:
        raise UsageError(
            f"`{exercise.id}` is not solved yet. Try `python -m grader hint "
            f"{exercise.id}`, or look with `--peek`."
        )
