"""Whose code is it? Frames of the learner, of the tests, and of everybody else."""

from __future__ import annotations

import functools
import linecache
import os
import sysconfig
from collections.abc import Iterator
from pathlib import Path
from types import FrameType, TracebackType

from grader.verdict import Line

_GRADER = str(Path(__file__).resolve().parent.parent)
# platlib and purelib differ on some systems; "<" begins "<string>" and "<frozen …>".
_PATHS = ("stdlib", "platstdlib", "purelib", "platlib")
_LIBRARY = (
    *{os.path.realpath(sysconfig.get_paths()[key]) + os.sep for key in _PATHS},
    _GRADER + os.sep,
    "<",
)


@functools.cache
def is_library(filename: str) -> bool:
    """Whether `filename` is the standard library, a package, or the grader."""
    return filename.startswith(_LIBRARY) or os.path.realpath(filename).startswith(
        _LIBRARY
    )


@functools.cache
def is_test(filename: str) -> bool:
    """Whether `filename` is a test file of the course."""
    return Path(filename).name.startswith(("test_", "conftest"))


@functools.cache
def is_learner(filename: str) -> bool:
    """Whether `filename` is an answer: neither a library nor a test."""
    return not is_library(filename) and not is_test(filename)


@functools.cache
def short(filename: str) -> str:
    """`filename` relative to the current folder where that is shorter to read."""
    relative = os.path.relpath(filename)
    return Path(filename if relative.startswith("..") else relative).as_posix()


def line_at(filename: str, lineno: int, function: str = "") -> Line:
    """The line with its source text, stripped."""
    source = linecache.getline(filename, lineno).strip()
    return Line(short(filename), lineno, source, function)


def line_of(frame: FrameType) -> Line:
    """The line a frame stands at."""
    code = frame.f_code
    # Python 3.11 knows no line for some of the steps that end a `with` block.
    number = frame.f_lineno or code.co_firstlineno
    return line_at(code.co_filename, number, code.co_qualname)


def callers(frame: FrameType | None) -> Iterator[FrameType]:
    """`frame` and its callers, innermost first."""
    while frame is not None:
        yield frame
        frame = frame.f_back


def call_made(frame: FrameType | None) -> str | None:
    """The function of the standard library, such as `queue.Queue.get`, that was called
    and led to `frame`; None if it was none but the grader's."""
    found = None
    for caller in callers(frame):
        if not is_library(caller.f_code.co_filename):
            return found
        if not caller.f_code.co_filename.startswith(_GRADER):
            module = str(caller.f_globals.get("__name__", "")).partition("._")[0]
            found = f"{module}.{caller.f_code.co_qualname}"
    return found


def traced(tb: TracebackType | None) -> Iterator[tuple[FrameType, int]]:
    """The frames of a traceback with their lines, outermost first."""
    while tb is not None:
        yield tb.tb_frame, tb.tb_lineno
        tb = tb.tb_next
