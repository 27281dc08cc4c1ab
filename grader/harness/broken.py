"""An answer that cannot be imported fails its own tests, and nothing else.

This module is a pytest plugin, put in place by `register()`. Without it, pytest would
stop at the first answer with a syntax error and run no test of any other exercise.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest

from grader.harness import comparisons
from grader.harness.answers import (
    AnswerError,
    answer_to,
    blame,
    module_of,
)
from grader.harness.tamper import Guard, TamperError


class BrokenTest(pytest.Item):
    """A test that cannot run, because what it tests cannot be imported."""

    error: AnswerError | TamperError
    lineno: int

    @property
    def originalname(self) -> str:
        return self.name

    def runtest(self) -> None:
        # A new exception each time: the old one keeps the traceback of the import.
        raise type(self.error)(self.error.message, self.error.where)

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException]) -> str:  # type: ignore[override]
        places = [f"    {w.path}:{w.line}  {w.source}" for w in self.error.where]
        return "\n".join([self.error.message, *places])

    def reportinfo(self) -> tuple[Path, int, str]:
        return self.path, self.lineno - 1, self.name


class AnswerTests(pytest.Module):
    """The tests of one exercise."""

    def collect(self) -> Iterable[pytest.Item | pytest.Collector]:
        try:
            found = list(super().collect())
        except Exception as error:
            blamed = _tampered(self) or blame(error)
            if blamed is None:
                raise
            return self._broken(blamed)
        tampered = _tampered(self)
        return found if tampered is None else self._broken(tampered)

    def _broken(self, error: AnswerError | TamperError) -> list[pytest.Item]:
        tests: list[pytest.Item] = []
        for node in _test_functions(self.path):
            test: BrokenTest = BrokenTest.from_parent(self, name=node.name)
            test.error, test.lineno = error, node.lineno
            tests.append(test)
        return tests


def register(config: pytest.Config) -> None:
    """Register this plugin, its guard, and the words for `got` and `expected`."""
    config.pluginmanager.register(sys.modules[__name__], "kata-broken")
    config.pluginmanager.register(comparisons, "kata-comparisons")
    config.pluginmanager.register(Guard(), "kata-guard")


def pytest_pycollect_makemodule(
    module_path: Path, parent: pytest.Collector
) -> pytest.Module | None:
    """Collect the tests of exercises in our way, and all others in pytest's."""
    if module_of(module_path) is None:
        return None
    tests: AnswerTests = AnswerTests.from_parent(parent, path=module_path)
    return tests


def _tampered(tests: AnswerTests) -> TamperError | None:
    guard = tests.config.pluginmanager.get_plugin("kata-guard")
    return guard.check(answer_to(tests.path)) if isinstance(guard, Guard) else None


def _test_functions(path: Path) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    try:
        tree = ast.parse(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, SyntaxError):
        return []
    return [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.name.startswith("test")
    ]
