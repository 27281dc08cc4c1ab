"""Whatever a test raised, in words for the learner and with lines of theirs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from grader.harness.assertions import assertion
from grader.harness.errors import LabError
from grader.harness.frames import is_learner, line_at, traced
from grader.verdict import Line, TestStatus

_MOST_LINES = 6
_LONGEST = 1_000
_NOT_RAISED = re.compile(r"DID NOT RAISE (.*)", re.DOTALL)
_NOT_AWAITABLE = re.compile(
    r"(?:object (\w+) can't be used in 'await'|'(\w+)' object can't be awaited)"
)
# Hypothesis' words for its smallest example differ from version to version.
_EXAMPLE = re.compile(r"\A\w[\w ]+: [\w.]+\(\n(.*?),?\n\)", re.DOTALL)


@dataclass(frozen=True)
class Description:
    """What to tell of a test that did not pass; the decisive line is the last."""

    status: TestStatus
    message: str
    where: tuple[Line, ...] = ()


def describe(error: BaseException) -> Description:
    """Put `error` into words. Pure, but for reading the source lines it names."""
    leaves = list(_leaves(error))
    where = learner_lines(error)
    names = [_unwritten(leaf) for leaf in leaves]
    if names and all(names):
        return Description("todo", f"`{names[0]}` is not written yet.", where)
    if isinstance(error, LabError):
        where = error.where
    return Description("failed", _message(error) + _example(error), where)


def learner_lines(error: BaseException) -> tuple[Line, ...]:
    """The learner's lines that the error came through, innermost last."""
    found: dict[Line, None] = {}
    for leaf in _leaves(error):
        if isinstance(leaf, LabError):
            found.update(dict.fromkeys(leaf.where))
        for frame, number in traced(leaf.__traceback__):
            code = frame.f_code
            if is_learner(code.co_filename):
                line = line_at(code.co_filename, number, function(code.co_qualname))
                found.pop(line, None)  # a recursion's last round counts, not its first
                found[line] = None
    return tuple(found)[-_MOST_LINES:]


def function(qualname: str) -> str:
    """A function's name as the learner would say it."""
    return qualname.replace("<locals>.", "").replace("<module>", "")


def sentence(error: BaseException) -> str:
    """What the exception says, in one sentence where it is one of the usual ones."""
    if isinstance(error, LabError):
        return error.message
    if isinstance(error, BaseExceptionGroup):
        leaves = list(_leaves(error))
        return f"{len(leaves)} errors at once: {'; '.join(map(_plain, leaves))}"
    for kind, words in _USUAL.items():
        if isinstance(error, kind):
            return words.format(text=_text(error), name=getattr(error, "name", ""))
    return _plain(error)


# The most special first.
_USUAL: dict[type[BaseException], str] = {
    SystemExit: "The answer ended the program: `sys.exit({text})`.",
    MemoryError: "The answer asked for more memory than it may use (MemoryError).",
    RecursionError: "A function called itself until Python gave up (RecursionError).",
    ModuleNotFoundError: "There is no module named `{name}` here.",
    EOFError: "Nobody is here to answer `input()` (EOFError: {text}).",
    KeyboardInterrupt: "The answer raised KeyboardInterrupt.",
}


def _message(error: BaseException) -> str:
    innermost = list(traced(error.__traceback__))[-1:]
    by_learner = any(is_learner(f.f_code.co_filename) for f, _ in innermost)
    if isinstance(error, LabError) or by_learner:
        return sentence(error)
    if isinstance(error, AssertionError):
        return assertion(_text(error), error)
    if isinstance(error, pytest.fail.Exception):
        return _not_raised(_text(error))
    if match := _NOT_AWAITABLE.search(_text(error)):
        return (
            f"{_plain(error)}. What your function gave back is a "
            f"`{match[1] or match[2]}`: is `async` missing before `def`?"
        )
    return sentence(error)


def _not_raised(text: str) -> str:
    match = _NOT_RAISED.match(text)
    if match is None:
        return text
    names = re.findall(r"<class '(?:\w+\.)*(\w+)'>", match[1]) or [match[1]]
    return f"expected {' or '.join(names)} to be raised, but nothing was"


def _example(error: BaseException) -> str:
    """The smallest failing example that Hypothesis found, out of its notes."""
    for note in getattr(error, "__notes__", ()):
        if match := _EXAMPLE.search(note):
            lines = [
                ln.partition("  # or any")[0].strip() for ln in match[1].split("\n")
            ]
            return f"\nwith {' '.join(lines).rstrip(',')}"
    return ""


def _unwritten(error: BaseException) -> str | None:
    """The function that says NotImplementedError, if it is one of the learner's."""
    frames = list(traced(error.__traceback__))
    if isinstance(error, NotImplementedError) and frames:
        code = frames[-1][0].f_code
        if is_learner(code.co_filename):
            return function(code.co_qualname)
    return None


def _leaves(error: BaseException) -> Iterator[BaseException]:
    if isinstance(error, BaseExceptionGroup):
        for child in error.exceptions:
            yield from _leaves(child)
    else:
        yield error


def _plain(error: BaseException) -> str:
    text = _text(error)
    name = type(error).__name__
    return f"{name}: {text}" if text else name


def _text(error: BaseException) -> str:
    try:
        text = str(error)
    except Exception as problem:
        text = f"(its text cannot be shown: {type(problem).__name__})"
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]} …"
