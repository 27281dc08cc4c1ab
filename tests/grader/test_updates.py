"""A learner pulls a newer course: the work is kept, and what changed is named."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from grader import cli
from grader.verdict import Verdict
from tests.grader.repositories import STUB, clone, commit, git, publish, upstream
from tests.grader.samples import (
    ASK,
    TESTS,
    Recital,
    failing,
    passed,
    todo,
    write,
)

MINE = STUB.replace("...  # TODO", "return 'mine'")
NEWER = STUB.replace('Ask a question."""', 'Ask a question."""\n\nPolitely.\n')
TEST_FILE = "tests/ch01_asking/test_ex01_ask.py"
TESTS_CHANGED = "The tests of this exercise have changed since your answer."

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="needs git")


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return upstream(tmp_path / "upstream")


@pytest.fixture
def root(source: Path, tmp_path: Path) -> Path:
    """A clone with a failing answer to 1.1 that was judged and committed."""
    return clone(source, tmp_path / "clone")


class Kata:
    """`python -m grader` with verdicts that are given, all on one line."""

    def __init__(self, root: Path, capture: pytest.CaptureFixture[str]) -> None:
        self._root, self._capture = root, capture

    def __call__(self, *argv: str, first: Verdict | None = None) -> str:
        run = Recital(first or failing("1.1"), passed("1.2"), todo("2.1"))
        cli.main([*argv, "--course", str(self._root)], run)
        return " ".join(self._capture.readouterr().out.split())


@pytest.fixture
def kata(root: Path, capsys: pytest.CaptureFixture[str]) -> Kata:
    return Kata(root, capsys)


def work(root: Path) -> None:
    write(root, ASK, MINE)
    commit(root, "My answer")


def pull(root: Path) -> None:
    git(root, "pull", "--quiet", "--no-rebase", "--no-edit")


def test_newer_tests_are_named_until_the_answer_changes(
    source: Path, root: Path, kata: Kata
) -> None:
    work(root)
    assert "changed since" not in kata()
    write(source, TEST_FILE, TESTS + "\n# newer\n")
    commit(source, "Newer tests")
    pull(root)

    assert TESTS_CHANGED in kata()
    assert TESTS_CHANGED in kata("1.1"), "it still is an answer to the older tests"
    assert (root / ASK).read_text() == MINE
    write(root, ASK, MINE + "# better\n")
    assert TESTS_CHANGED in kata("1.1")
    assert "changed since" not in kata("1.1")


def test_a_newer_stub_is_merged_and_named(source: Path, root: Path, kata: Kata) -> None:
    work(root)
    kata()
    publish(source, NEWER)
    pull(root)

    out = kata()

    assert "The task of this exercise has changed since your answer. " in out
    assert "brings the new stub and keeps your text." in out
    merged = (root / ASK).read_text()
    assert "return 'mine'" in merged
    assert "Politely." in merged


def test_a_passing_answer_is_told_once(source: Path, root: Path, kata: Kata) -> None:
    work(root)
    kata(first=passed("1.1"))
    write(source, TEST_FILE, TESTS + "\n# newer\n")
    publish(source, NEWER)
    pull(root)

    told = "Changed since you wrote your answers: 1.1 (task and tests)."
    assert told in kata(first=passed("1.1"))
    assert told not in kata(first=passed("1.1"))


def test_where_nothing_was_written_there_is_nothing_to_tell(
    source: Path, root: Path, kata: Kata
) -> None:
    assert "changed" not in kata()
    publish(source, NEWER)
    pull(root)

    out = kata()

    assert "changed" not in out
    assert "1.1 Ask a question ○ still to do" in out, "it failed, untouched"


def test_other_answers_are_none_of_its_business(
    source: Path, root: Path, kata: Kata
) -> None:
    work(root)
    kata("--answers", "solutions")

    assert not (root / ".grader/judged.json").exists()


@pytest.mark.parametrize("memory", ["", "[]", '{"%s": 3}', '{"%s": {"stub": "x"}}'])
def test_a_memory_is_only_a_memory(root: Path, kata: Kata, memory: str) -> None:
    work(root)
    write(root, ".grader/judged.json", memory.replace("%s", ASK))

    assert "changed" not in kata()
    shutil.rmtree(root / ".grader")
    write(root, ".grader", "a file where the folder should be")
    assert "changed" not in kata()
