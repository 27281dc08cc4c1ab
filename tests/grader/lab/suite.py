"""A course of one exercise in a folder of its own, for a pytest of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from grader import verdict as kata
from grader.verdict import TestVerdict

HERE = Path(__file__).parent
ROOT = HERE.parents[2]
TESTS = "tests/ch01_own/test_ex01_own.py"
ANSWER = "exercises/ch01_own/ex01_own.py"
SETTINGS = """\
[tool.pytest]
strict = true
addopts = ["-p", "grader.harness.plugin", "--import-mode=importlib"]
filterwarnings = ["error"]
asyncio_mode = "auto"
asyncio_default_fixture_loop_scope = "function"
"""
# Says what each report says, for the test process to read.
CONFTEST = """\
import json
from grader.verdict import to_json

def pytest_runtest_logreport(report):
    kata = getattr(report, "kata", None)
    record = [report.when, report.outcome, kata and to_json(kata)]
    with open("records", "a") as file:
        file.write(json.dumps([report.nodeid.rpartition("::")[2], record]) + "\\n")
"""


class Suite:
    """A course of one exercise in a folder of its own."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._put(TESTS, (HERE / "suite_tests.py").read_text())
        self._put(ANSWER, (HERE / "suite_answer.py").read_text())
        self._put("pyproject.toml", SETTINGS)
        self._put("conftest.py", CONFTEST)

    def _put(self, name: str, text: str) -> None:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    def pytest(self, *words: str) -> subprocess.CompletedProcess[str]:
        plugins = ["-p", "pytest_asyncio.plugin", "-p", "no:cacheprovider"]
        return subprocess.run(
            [sys.executable, "-m", "pytest", *plugins, *words],
            cwd=self.root,
            env={
                **os.environ,
                "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
                "PYTHONPATH": str(ROOT),
            },
            capture_output=True,
            text=True,
            timeout=300,
        )

    def records(self) -> dict[str, list[tuple[str, str, TestVerdict | None]]]:
        """By test: of each phase its name, its outcome and the verdict."""
        found: dict[str, list[tuple[str, str, TestVerdict | None]]] = {}
        for line in (self.root / "records").read_text().splitlines():
            name, (when, outcome, data) = json.loads(line)
            verdict = kata.test_from_json(data) if data else None
            found.setdefault(name, []).append((when, outcome, verdict))
        return found
