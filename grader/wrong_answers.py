"""The typical wrong answers to an exercise, and what their docstrings say of them.

They lie beside the tests. Here they are read, never run; they need not even be Python.
"""

from __future__ import annotations

import ast
import re
import warnings
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from grader.course import Exercise
from grader.sources import read
from grader.verdict import Mistake

_LEADING = re.compile(r'\A\s*[rR]?"""(.*?)"""', re.DOTALL)
_FAILS = re.compile(r"^Fails: (.+)$", re.MULTILINE)


@dataclass(frozen=True)
class WrongAnswer:
    """A file that makes one mistake: the first line names it, then comes the advice."""

    path: Path
    text: str
    mistake: Mistake
    fails: tuple[str, ...]  # some of the tests that catch it

    @cached_property
    def compiles(self) -> bool:
        """Whether it is Python at all."""
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                compile(self.text, "answer", "exec", dont_inherit=True)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return False
        return True


def wrong_answers(exercise: Exercise) -> list[WrongAnswer]:
    """All that are told of this exercise."""
    folder = exercise.root / "tests" / exercise.chapter / "wrong" / exercise.slug
    found = [_read(path) for path in sorted(folder.glob("*.py"))]
    return [wrong for wrong in found if wrong.mistake.name and wrong.mistake.advice]


def _read(path: Path) -> WrongAnswer:
    text = read(path)
    said = _docstring(text)
    paragraphs = [p for p in _FAILS.sub("", said).split("\n\n") if p.strip()]
    name, advice = (" ".join(p.split()) for p in [*paragraphs, "", ""][:2])
    fails = re.findall(r"\w+", " ".join(_FAILS.findall(said)))
    return WrongAnswer(path, text, Mistake(name, advice), tuple(fails))


def _docstring(text: str) -> str:
    try:
        return ast.get_docstring(ast.parse(text)) or ""
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        match = _LEADING.match(text)
        return match[1].strip() if match else ""
