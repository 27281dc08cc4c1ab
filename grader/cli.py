"""`python -m grader`: what was typed goes to its command, errors become exit codes.

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

from grader import dispatch
from grader.call import (
    ALL_PASSED,
    GRADER_FAILED,
    INTERRUPTED,
    NOT_YET,
    WRONG_USAGE,
    Call,
)
from grader.course import Course
from grader.errors import FaultError, UsageError
from grader.options import Options, parse
from grader.terminal import console, show

if TYPE_CHECKING:
    from grader.judging import Run


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
    except FaultError as error:
        return _grader_failed(str(error))
    except Exception as error:
        trace = "".join(traceback.format_exception(error))
        return _grader_failed("It met an error of its own.", trace)


def _dispatch(options: Options, run: Run | None) -> int:
    if options.version:
        print(f"asyncio-kata {_version()}")
        return ALL_PASSED
    course = Course.load(options.course or Path(__file__).resolve().parent.parent)
    return dispatch.load(options.command)(Call(options, course, run))


def _grader_failed(what: str, trace: str = "") -> int:
    """Show our own failure: it must not look like the learner's."""
    from grader.report import grader_failed

    show(console(stderr=True), grader_failed(what, trace))
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
