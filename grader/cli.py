"""The commands of `python -m grader`. Nothing else in this package prints.

What is slow to import (rich, asyncio, the runner) is imported where it is needed, so
that the first line is on the screen at once.
"""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from grader.course import Course, Exercise
from grader.errors import UsageError
from grader.options import Options, parse

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

    from grader.judging import Run
    from grader.results import Results

ALL_PASSED, NOT_YET, WRONG_USAGE, GRADER_FAILED, INTERRUPTED = 0, 1, 2, 3, 130
_WIDEST = 88  # long lines are hard to read, however wide the terminal is


def main(argv: Sequence[str] | None = None, run: Run | None = None) -> int:
    """Do what `argv` asks and return the exit code; `run` judges the exercises."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # not every terminal can draw ━
    try:
        return _dispatch(parse(sys.argv[1:] if argv is None else argv), run)
    except UsageError as error:
        print(f"asyncio kata: {error}", file=sys.stderr)
        return WRONG_USAGE
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        return _nobody_reads()
    except Exception as error:
        return _grader_failed(error)


def _dispatch(options: Options, run: Run | None) -> int:
    if options.version:
        print(f"asyncio-kata {_version()}")
        return ALL_PASSED
    course = Course.load(options.course or Path(__file__).resolve().parent.parent)
    if options.command == "list":
        return _list(course, options)
    if options.command == "hint":
        return _hint(course, options)
    return _judge(course, options, run)


def _list(course: Course, options: Options) -> int:
    from grader.report import listing
    from grader.results import Results

    chapters = Results(course, course.select(options.words)).chapters
    _show(_console(), listing(chapters))
    return ALL_PASSED


def _hint(course: Course, options: Options) -> int:
    from grader.hints import next_hints
    from grader.report import hint

    exercise = _only(course.select(options.words), "python -m grader hint")
    hints = next_hints(course, exercise, every=options.all)
    if not hints:
        raise UsageError(f"`{exercise.id}` has no hints. Read `{exercise.lesson}`.")
    _show(_console(), hint(course, exercise, hints))
    return ALL_PASSED


def _judge(course: Course, options: Options, run: Run | None) -> int:
    from grader.job import prepare
    from grader.progress import live, plain, quiet
    from grader.report import grader_failed

    exercises = course.select(options.words)
    if options.answer:
        _only(exercises, f"python -m grader --answer {options.answer}")
    to_stdout = options.format != "text" and options.output is None
    console = _console(stderr=to_stdout)
    is_live = console.file.isatty() and not console.is_dumb_terminal
    show = live if is_live else quiet if to_stdout else plain
    job = prepare(course, exercises, options)
    with show(console, job.results) as refresh:
        from grader.judging import judge  # slow, and there is something to read now

        judge(job, run, refresh)
    _report(job.results, options, None if to_stdout else console, summary=is_live)
    if job.results.fault:
        _show(_console(stderr=True), grader_failed(job.results.fault))
        return GRADER_FAILED
    if job.results.interrupted:
        return INTERRUPTED
    return ALL_PASSED if job.results.all_passed else NOT_YET


def _report(
    results: Results, options: Options, console: Console | None, *, summary: bool
) -> None:
    """Show the results on `console`, if any, and write the report to its place."""
    from grader.files import write_whole
    from grader.formats import FORMATS
    from grader.report import screen

    if console is not None and (results.verdicts or results.interrupted):
        _show(console, screen(results, summary=summary))
    if options.output is not None:
        write_whole(options.output, FORMATS[options.format](results))
    elif console is None:
        sys.stdout.write(FORMATS[options.format](results))
        sys.stdout.flush()


def _only(exercises: Sequence[Exercise], command: str) -> Exercise:
    if len(exercises) != 1:
        raise UsageError(
            f"`{command}` needs exactly one exercise, not {len(exercises)}. "
            f"Try `{command} {exercises[0].id}`."
        )
    return exercises[0]


def _console(*, stderr: bool = False) -> Console:
    """Where to show things: no markup or emoji codes, whatever learners write."""
    try:
        from rich.console import Console
    except ModuleNotFoundError:
        raise UsageError(
            "`rich` is missing. Run `python -m pip install -e .`"
        ) from None

    console = Console(stderr=stderr, markup=False, emoji=False, highlight=False)
    console.width = min(console.width, _WIDEST)
    return console


def _show(console: Console, report: RenderableType) -> None:
    from grader.formats.text_report import as_text

    if console.is_terminal:
        console.print(report)
    else:
        console.file.write(as_text(report, console.width))
        console.file.flush()


def _grader_failed(error: Exception) -> int:
    """Show our own failure: it must not look like the learner's."""
    from grader.report import grader_failed

    trace = "".join(traceback.format_exception(error))
    report = grader_failed("It met an error of its own.", trace)
    _show(_console(stderr=True), report)
    return GRADER_FAILED


def _nobody_reads() -> int:
    """Whoever read our output has left, as `head` does: be silent, even at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    return NOT_YET


def _version() -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("asyncio-kata")
    except PackageNotFoundError:
        return "(not installed)"
