"""Judges for commands that need to know, and show something else than a report."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

from grader.call import Call, only
from grader.course import Exercise
from grader.errors import FaultError, UsageError
from grader.job import prepare
from grader.results import Results
from grader.terminal import console


class _EnoughError(Exception):
    """What was asked for is known."""


def judged(
    call: Call,
    exercises: Sequence[Exercise],
    *,
    answers: str | None = None,
    enough: Callable[[Results], bool] = lambda results: False,
) -> Results:
    """The results of `exercises`, by `answers` if given; those so far when `enough`."""
    options = call.options
    if answers is not None:
        options = replace(options, answers=answers, answer=None)
    job = prepare(call.course, exercises, replace(options, output=None))

    def look() -> None:
        if enough(job.results):
            raise _EnoughError

    with _spinner():
        from grader.judging import judge  # slow, and the spinner turns already

        try:
            judge(job, call.run, look)
        except _EnoughError:
            return job.results
    if job.results.interrupted:
        raise KeyboardInterrupt
    if job.results.fault:
        raise FaultError(job.results.fault)
    return job.results


def one_or_current(call: Call, command: str) -> Exercise:
    """The one exercise that was named, or else the first that is not solved."""
    course = call.course
    if call.options.words:
        return only(course.select(call.options.words), command)
    # What comes after it need not be judged.
    results = judged(
        call, course.exercises, enough=lambda results: results.current is not None
    )
    if results.current is None:
        number = course.exercises[-1].id
        raise UsageError(f"Every exercise is solved. Try `{command} {number}`.")
    return results.current


@contextmanager
def _spinner() -> Iterator[None]:
    """Say on a terminal, and only there, that there is something to wait for."""
    screen = console(stderr=True)
    if not sys.stderr.isatty() or screen.is_dumb_terminal:
        yield
        return
    with screen.status("judging …", spinner_style="cyan"):
        yield
