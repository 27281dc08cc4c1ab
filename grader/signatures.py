"""How an answer fails, in a form that two answers with one mistake have in common.

A signature holds every test that did not pass, with its message. Taken out of the
messages is what differs between two files that do the same: line numbers, addresses,
source lines, and the names that only the answer itself knows. What came and what was
expected stays. All of this is pure.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from grader.verdict import TestVerdict, Verdict

_SOURCE_LINE = re.compile(r"^\s+\S+\.py:\d+\b.*\n?", re.MULTILINE)
_NUMBERS = re.compile(r"(\bline |\bTask-|\.py:|\b0x)[0-9a-fA-F]+")
_TASK = re.compile(r"<(Task|Future)\b.*>")
_COPY = re.compile(r"(?<=[\w…])-\d+(?='|`| waits for)")  # of two tasks `save`
_ABOUT_TASKS = ("Task ", "- ")
_VALUES = re.compile(r"^(got|expected|did not expect)\b", re.MULTILINE)
_EXAMPLE = re.compile(r"^with \w+=.*$", re.MULTILINE)
_FLAKY = re.compile(
    r"^\d+ errors at once: AssertionError: .*?\n\s+(?=got\b)", re.DOTALL
)
_SET = re.compile(r"\{([^{}:]*, [^{}:]*)\}")
_LITERAL = re.compile(r"'[^'\n]*'|\"[^\"\n]*\"|\b\d[\d.,]*")


@dataclass(frozen=True)
class Failure:
    """How one test did not pass; `shape` is its message without any values."""

    status: str
    message: str

    @property
    def shape(self) -> str:
        parts = [_without_values(part) for part in self.message.split("\n\n")]
        return "\n\n".join(sorted(set(parts)))


@dataclass(frozen=True)
class Signature:
    """How an exercise did not pass; `failures` are in the order of the tests."""

    status: str
    message: str
    failures: tuple[tuple[str, Failure], ...] = ()

    def without(self, tests: Iterable[str]) -> Signature:
        """What is left if nothing were known of some tests."""
        hidden = set(tests)
        rest = tuple(pair for pair in self.failures if pair[0] not in hidden)
        return Signature(self.status, self.message, rest)

    def to_json(self) -> Any:
        """Plain data."""
        rest = [[name, f.status, f.message] for name, f in self.failures]
        return [self.status, self.message, rest]


def from_json(data: Any) -> Signature:
    """The inverse of `to_json()`; raises ValueError or TypeError on anything else."""
    status, message, rest = data
    texts = [status, message, *(text for entry in rest for text in entry)]
    if not all(isinstance(text, str) for text in texts):
        raise TypeError("not a signature")
    failures = tuple((name, Failure(state, said)) for name, state, said in rest)
    return Signature(status, message, failures)


def signature(verdict: Verdict, own: set[str]) -> Signature:
    """The signature of a verdict on an answer with names of its `own`."""
    failures = tuple(_failures(verdict.tests, own))
    return Signature(verdict.status, normal(verdict.message or "", own), failures)


def names(answer: str) -> set[str]:
    """Every name that is bound in an answer."""
    try:
        nodes = list(ast.walk(ast.parse(answer)))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return set()
    return {name for node in nodes if (name := _bound(node))}


def normal(message: str, own: Iterable[str] = ()) -> str:
    """`message` without anything that two equal answers need not share."""
    text = _NUMBERS.sub(r"\1…", _SOURCE_LINE.sub("", message))
    text = _SET.sub(_sorted_set, _TASK.sub(r"<\1>", text))
    if own := sorted(own):
        pattern = (
            rf"\b({'|'.join(map(re.escape, own))})(?=(-\d+)?(\(|'|`|>| waits for))"
        )
        text = re.sub(pattern, "…", text)
    if _EXAMPLE.search(text):
        text = _without_example(text)
    parts = [part.strip("\n") for part in text.split("\n\n")]
    return "\n\n".join(sorted({line for part in parts for line in _pieces(part)}))


def _failures(
    tests: Iterable[TestVerdict], own: set[str]
) -> Iterator[tuple[str, Failure]]:
    for test in tests:
        if test.status != "passed":
            yield test.name, Failure(test.status, normal(test.message or "", own))


def _bound(node: ast.AST) -> str | None:
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return node.name
    if isinstance(node, ast.arg):
        return node.arg
    if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
        return node.id
    if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
        return node.attr
    return None


def _sorted_set(match: re.Match[str]) -> str:
    """The order in a printed set is by chance."""
    return f"{{{', '.join(sorted(match[1].split(', ')))}}}"


def _pieces(part: str) -> list[str]:
    """One comparison stays whole; complaints come in any order, any number of times."""
    if _VALUES.search(part):
        return [part]
    lines = [line for line in part.split("\n") if line.strip()]
    return [
        _COPY.sub("", line) if line.startswith(_ABOUT_TASKS) else line for line in lines
    ]


def _without_example(text: str) -> str:
    """Which example Hypothesis finds depends on an answer's constants, or on chance."""
    parts = _FLAKY.sub("", _EXAMPLE.sub("", text)).split("\n\n")
    return "\n\n".join(_without_values(part) for part in parts)


def _without_values(part: str) -> str:
    if match := _VALUES.search(part):
        return f"{part[: match.start()]}got something else"
    return _LITERAL.sub("…", part)
