"""The plugin, in a pytest of its own that runs suite_tests.py on suite_answer.py."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from grader.verdict import TestVerdict
from tests.grader.lab.suite import ANSWER, HERE, TESTS, Suite

# The first to ask for the suite's results waits for a whole pytest.
pytestmark = pytest.mark.timeout(300)


@pytest.fixture(scope="module")
def suite(tmp_path_factory: pytest.TempPathFactory) -> Suite:
    return Suite(tmp_path_factory.mktemp("suite"))


@pytest.fixture(scope="module")
def printed(suite: Suite) -> str:
    """What pytest prints when all tests have run."""
    return suite.pytest("-v").stdout


@pytest.fixture(scope="module")
def verdicts(suite: Suite, printed: str) -> dict[str, TestVerdict]:
    """The verdict of each test's own phase."""
    return {
        name: verdict
        for name, phases in suite.records().items()
        for when, _, verdict in phases
        if when == "call" and verdict is not None
    }


def message(verdict: TestVerdict) -> str:
    assert verdict.message is not None
    return verdict.message


def first_line(verdict: TestVerdict) -> str:
    return message(verdict).splitlines()[0]


def test_every_test_has_its_outcome(verdicts: dict[str, TestVerdict]) -> None:
    by_status: dict[str, list[str]] = {}
    for name, verdict in verdicts.items():
        by_status.setdefault(verdict.status, []).append(name.removeprefix("test_"))
    assert by_status == {
        "passed": [
            "async_clock",
            "sync_clock",
            "clock_after_a_slow_fixture",
            "real_loop",
            "real_loop_sync",
            "afterwards_all_is_well",
        ],
        "todo": ["todo", "todo_in_a_group"],
        "failed": [
            "leak_on_the_real_loop",
            "not_todo",
            "leak",
            "deadlock",
            "deadlock_sync",
            "deadlock_swallowed",
            "deadlock_of_two",
            "deadlock_of_two_sync",
            "refuses_to_be_cancelled",
            "failure_with_a_cause",
            "shrinks_a_leak",
            "shrinks_a_deadlock",
        ],
    }


def test_nothing_fails_before_or_after(suite: Suite, printed: str) -> None:
    """What one test leaves behind is told there, and never in the next one."""
    others = [
        (name, when, outcome)
        for name, phases in suite.records().items()
        for when, outcome, _ in phases
        if when != "call"
    ]
    assert {outcome for *_, outcome in others} == {"passed"}, others


def test_the_rule_is_the_docstring(verdicts: dict[str, TestVerdict]) -> None:
    assert verdicts["test_async_clock"].rule.splitlines()[0] == (
        "The clock starts with the body."
    )


def test_virtual_seconds(verdicts: dict[str, TestVerdict]) -> None:
    seconds = {name: verdict.virtual_seconds for name, verdict in verdicts.items()}
    assert seconds["test_async_clock"] == 1
    assert seconds["test_sync_clock"] == 2
    assert seconds["test_real_loop"] is None


def test_todo(verdicts: dict[str, TestVerdict]) -> None:
    for name in ("test_todo", "test_todo_in_a_group"):
        assert message(verdicts[name]) == "`unwritten` is not written yet."
        assert verdicts[name].where[-1].path == ANSWER


def test_deadlocks(verdicts: dict[str, TestVerdict]) -> None:
    names = ["deadlock", "deadlock_sync", "deadlock_swallowed", "deadlock_of_two"]
    for name in [*names, "deadlock_of_two_sync", "refuses_to_be_cancelled"]:
        verdict = verdicts[f"test_{name}"]
        assert first_line(verdict).startswith("Deadlock: every task waits"), name
        assert verdict.where[-1].path == ANSWER, name


def test_leaks(verdicts: dict[str, TestVerdict]) -> None:
    for name in ("test_leak", "test_leak_on_the_real_loop"):
        assert first_line(verdicts[name]).startswith("Task 'fetch', made at line"), name
        assert verdicts[name].where[-1].path == ANSWER


def test_a_failure_comes_with_what_may_have_caused_it(
    verdicts: dict[str, TestVerdict],
) -> None:
    told = message(verdicts["test_failure_with_a_cause"])
    assert "got" in told
    assert "The coroutine `fetch()` was never awaited" in told


@pytest.mark.parametrize("name", ["leak", "deadlock"])
def test_hypothesis_shrinks(verdicts: dict[str, TestVerdict], name: str) -> None:
    told = message(verdicts[f"test_shrinks_a_{name}"])
    assert told.splitlines()[-1] == "with number=43"


def test_the_timeline(verdicts: dict[str, TestVerdict]) -> None:
    rows = verdicts["test_sync_clock"].timeline
    assert rows is not None
    assert [(row.task, row.start, row.end) for row in rows] == [
        ("fetch", 0, 1),
        ("fetch-2", 1, 2),
    ]


def test_the_header_says_whose_answers_are_judged(suite: Suite, printed: str) -> None:
    assert "\nanswers: exercises\n" in printed
    shutil.copytree(suite.root / "exercises", suite.root / "mine")
    done = suite.pytest(TESTS, "--answers", "mine", "-k", "async_clock")
    assert "\nanswers: mine\n" in done.stdout
    assert done.returncode == 0


def test_one_file_instead_of_an_answer(suite: Suite, tmp_path: Path) -> None:
    file = tmp_path / "other.py"
    text = (HERE / "suite_answer.py").read_text()
    file.write_text(text.replace("raise NotImplementedError", "return"))
    done = suite.pytest(TESTS, "--answer", str(file), "-k", "test_todo")
    assert f"\nanswers: {file}\n" in done.stdout
    assert done.returncode == 0


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (["--answers", "nowhere"], "--answers: there is no folder `"),
        (["--answer", "mine.py"], "--answer FILE needs the tests of one exercise"),
        (
            ["tests", "--answer", "mine.py"],
            "--answer FILE needs the tests of one exercise",
        ),
        (
            [TESTS, TESTS, "--answer", "mine.py"],
            "--answer FILE needs the tests of one exercise",
        ),
    ],
)
def test_wrong_usage(suite: Suite, words: list[str], complaint: str) -> None:
    done = suite.pytest(*words)
    assert done.returncode == pytest.ExitCode.USAGE_ERROR
    assert complaint in done.stderr
