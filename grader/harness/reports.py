"""What pytest reports on the tests of one exercise, kept for the grader."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest

from grader.harness.confine import lift_memory_limit
from grader.verdict import TestVerdict


class Reports:
    """A pytest plugin that keeps what pytest reports."""

    def __init__(self, tests: Path) -> None:
        self.tests = tests
        self._path = {tests, *tests.parents}
        self.failed_to_collect: list[str] = []
        self.out_of_memory = False
        self._verdicts: list[TestVerdict] = []

    def take(self) -> list[TestVerdict]:
        """The verdicts since the last time."""
        taken, self._verdicts = self._verdicts, []
        return taken

    @pytest.hookimpl(tryfirst=True)
    def pytest_ignore_collect(self, collection_path: Path) -> bool | None:
        # Else pytest makes a node for every file beside the one that is wanted.
        return None if collection_path in self._path else True

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed:
            self.failed_to_collect.append(report.longreprtext)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        verdict: TestVerdict | None = getattr(report, "kata", None)
        if report.skipped:
            name = report.nodeid.rpartition("::")[2].partition("[")[0]
            verdict = TestVerdict(name, "", message=report.longreprtext)
        if verdict is not None:
            self._verdicts.append(verdict)

    @pytest.hookimpl(wrapper=True, trylast=True)
    def pytest_pyfunc_call(self) -> Generator[None, Any, Any]:
        try:
            return (yield)
        except MemoryError:
            self.out_of_memory = True
            lift_memory_limit()
            raise
