"""Has the answer reached into asyncio or time? What it replaced is put back.

`asyncio.sleep = my_sleep` makes every later test a test of `my_sleep`. So the public
names of asyncio and time are compared with what they were: once the answer has been
imported, and after each test.
"""

from __future__ import annotations

import ast
import asyncio
import itertools
import operator
import time
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from grader.harness.answers import answer_to
from grader.harness.errors import LabError
from grader.harness.frames import line_at
from grader.verdict import Line

_GONE = object()
_Owner = ModuleType | type
# What `with`, `async for` and calls find on the class, beside its public names.
_SPECIAL = (
    "__init__",
    "__aenter__",
    "__aexit__",
    "__aiter__",
    "__anext__",
    "__await__",
)


class TamperError(LabError, AssertionError):
    """The answer replaced something that its tests stand on."""


@dataclass(frozen=True)
class Watched:
    """One name and the object that it stood for."""

    owner: _Owner
    name: str
    value: object

    @property
    def shown(self) -> str:
        if isinstance(self.owner, type):
            return f"asyncio.{self.owner.__name__}.{self.name}"
        return f"{self.owner.__name__}.{self.name}"

    def changed(self) -> bool:
        return vars(self.owner).get(self.name, _GONE) is not self.value

    def restore(self) -> None:
        setattr(self.owner, self.name, self.value)


class Guard:
    """Knows what asyncio and time were when it was made; a pytest plugin, too."""

    def __init__(self) -> None:
        self.found: TamperError | None = None
        self._watched = [
            Watched(owner, name, vars(owner)[name])
            for owner, names in _watched_names()
            for name in names
            if name in vars(owner)
        ]
        self._before = {
            owner: tuple(zip(*((w.name, w.value) for w in watched), strict=True))
            for owner, watched in itertools.groupby(self._watched, lambda w: w.owner)
        }

    def _intact(self) -> bool:
        """Whether nothing was replaced; quick, for it is asked after every test."""
        return all(
            all(map(operator.is_, map(vars(owner).get, names), values))
            for owner, (names, values) in self._before.items()
        )

    def check(self, source: Path | None = None) -> TamperError | None:
        """What was replaced since (and is put back now), with the line in `source`."""
        if self._intact():
            return None
        changed = [watched for watched in self._watched if watched.changed()]
        for watched in changed:
            watched.restore()
        if not changed:
            return None
        names = " and ".join(dict.fromkeys(f"`{w.shown}`" for w in changed[:3]))
        where = tuple(_places(source, changed[0].name)) if source else ()
        self.found = TamperError(
            f"The answer replaced {names}, which its tests rely on. "
            "Solve the exercise without changing what it is judged by.",
            where[:1],
        )
        return self.found

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_teardown(self, item: pytest.Item) -> Generator[None, Any, Any]:
        """Fail the test that left something replaced."""
        try:
            result = yield
        finally:
            found = self.check(answer_to(item.path))
        if found is not None:
            raise found
        return result


def _watched_names() -> Iterator[tuple[_Owner, list[str]]]:
    yield time, [name for name in vars(time) if not name.startswith("_")]
    # Not `__all__`: in Python 3.11 it lacks TaskGroup and timeout.
    names = {name for name in vars(asyncio) if not name.startswith("_")}
    yield asyncio, sorted(names)
    for module in (
        vars(asyncio)[n] for n in ("events", "runners", "tasks", "timeouts")
    ):
        yield module, sorted(names & vars(module).keys())
    for name in sorted(names):
        owner = vars(asyncio)[name]
        if isinstance(owner, type) and owner.__module__.startswith("asyncio"):
            yield owner, _methods(owner)


def _methods(owner: type) -> list[str]:
    return [
        name
        for name, value in vars(owner).items()
        if (not name.startswith("_") or name in _SPECIAL)
        and (
            callable(value) or isinstance(value, property | classmethod | staticmethod)
        )
    ]


def _places(source: Path, name: str) -> Iterator[Line]:
    """The lines of `source` that assign or delete an attribute called `name`."""
    try:
        tree = ast.parse(source.read_bytes())
    except (OSError, ValueError, SyntaxError):
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr == name:
            if not isinstance(node.ctx, ast.Load):
                yield line_at(str(source), node.lineno)
        elif isinstance(node, ast.Constant) and node.value == name:
            yield line_at(str(source), node.lineno)
