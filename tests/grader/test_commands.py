"""The learner's commands from what is typed to what comes of it."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from grader import cli
from grader.runner import RunnerError
from tests.grader.samples import Recital, failing, passed, todo, write_course

SOME = (passed("1.1"), failing("1.2"), todo("2.1"))


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    return write_course(tmp_path)


class Kata:
    """`python -m grader --course .`, in this process."""

    def __init__(self, capture: pytest.CaptureFixture[str]) -> None:
        self._capture = capture

    def __call__(self, *argv: str, run: Recital | None = None) -> tuple[int, str, str]:
        code = cli.main([*argv, "--course", "."], run or Recital(*SOME))
        return code, *self._capture.readouterr()


@pytest.fixture
def kata(root: Path, capsys: pytest.CaptureFixture[str]) -> Kata:
    return Kata(capsys)


def test_trace_judges_the_answer_and_the_reference(kata: Kata, root: Path) -> None:
    run = Recital(*SOME)

    code, out, err = kata("trace", "tell", run=run)

    assert (code, err) == (0, "")
    assert out.startswith("1.2  Tell a story\n\nThe rule\n")
    assert out.count("the test ├") == 2
    assert run.settings is not None
    assert run.settings.answers == root / "solutions"


@pytest.mark.parametrize("command", ["trace", "hint"])
def test_without_a_number_the_first_unsolved_exercise_is_meant(
    kata: Kata, command: str
) -> None:
    code, out, _ = kata(command)

    assert code == 0
    assert out.startswith("1.2  Tell a story\n")


@pytest.mark.parametrize("command", ["trace", "hint"])
def test_when_all_are_solved_a_number_is_asked_for(kata: Kata, command: str) -> None:
    every = Recital(passed("1.1"), passed("1.2"), passed("2.1"))

    code, out, err = kata(command, run=every)

    assert (code, out) == (2, "")
    assert err.startswith("asyncio kata: Every exercise is solved. Try `python -m ")


@pytest.mark.parametrize(
    ("error", "expected"),
    [(KeyboardInterrupt(), 130), (RunnerError("No worker."), 3)],
)
@pytest.mark.parametrize(
    "argv",
    [("trace", "1.2"), ("hint",), ("list", "--todo"), ("solution", "1.1")],
)
def test_a_run_that_breaks_off_leaves_no_half_screen(
    kata: Kata, argv: tuple[str, ...], error: BaseException, expected: int
) -> None:
    code, out, err = kata(*argv, run=Recital(error=error))

    assert (code, out) == (expected, "")
    assert ("No worker." in err) is (expected == 3)
    assert "Traceback" not in err


@pytest.mark.parametrize(
    ("options", "numbers"),
    [
        (["--todo"], ["2.1"]),
        (["--failing"], ["1.2"]),
        (["--passed"], ["1.1"]),
        (["--todo", "--passed"], ["1.1", "2.1"]),
        (["--todo", "asking"], []),
    ],
)
def test_the_list_is_filtered_by_what_the_tests_say_now(
    kata: Kata, options: list[str], numbers: list[str]
) -> None:
    code, out, _ = kata("list", *options)

    assert code == 0
    found = [number for number in ("1.1", "1.2", "2.1") if f" {number} " in out]
    assert found == numbers
    assert out or not numbers


def test_the_plain_list_judges_nothing(kata: Kata) -> None:
    run = Recital(*SOME)

    kata("list", run=run)

    assert run.asked == []


def test_the_reference_is_shown_after_a_pass(kata: Kata) -> None:
    code, out, _ = kata("solution", "ask")

    assert code == 0
    assert out.startswith("1.1  Ask a question\nsolutions/ch01_asking/ex01_ask.py\n")


def test_before_that_only_to_those_who_peek(kata: Kata) -> None:
    code, out, err = kata("solution", "tell")

    assert (code, out) == (2, "")
    assert err == (
        "asyncio kata: `1.2` is not solved yet. Try `python -m grader hint 1.2`, or "
        "look with `--peek`.\n"
    )
    run = Recital(*SOME)
    assert kata("solution", "tell", "--peek", run=run)[0] == 0
    assert run.asked == []


def test_without_solutions_nothing_can_be_shown(kata: Kata, root: Path) -> None:
    shutil.rmtree(root / "solutions")

    assert kata("solution", "ask")[::2] == (
        2,
        "asyncio kata: `1.1` has no reference here. "
        "Read `exercises/ch01_asking/README.md`.\n",
    )
    assert "The reference is not here" in kata("trace", "tell")[1]


COMMANDS = [
    ["judge"],
    ["list"],
    ["list", "--failing"],
    ["hint", "ask"],
    ["trace", "tell"],
    ["solution", "ask"],
]


@pytest.mark.parametrize("argv", COMMANDS)
def test_without_a_terminal_everything_is_plain_and_fits(
    kata: Kata, argv: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "60")

    _, out, err = kata(*argv)

    assert out
    assert "\x1b" not in out + err
    lines = out.splitlines()
    assert [line for line in lines if line != line.rstrip()] == []
    assert [line for line in lines if len(line) > 60] == []


ON_A_TERMINAL = """
import sys
from grader import cli
from tests.grader.samples import Recital, failing, passed, todo
sys.exit(cli.main(sys.argv[1:], Recital(passed("1.1"), failing("1.2"), todo("2.1"))))
"""


@pytest.mark.real_loop
@pytest.mark.parametrize("argv", COMMANDS)
def test_on_a_terminal_there_are_colours_unless_they_are_not_wanted(
    root: Path, argv: list[str]
) -> None:
    shown = on_a_terminal(root, argv, NO_COLOR="")
    plain = on_a_terminal(root, argv, NO_COLOR="1")

    assert re.search(r"\x1b\[[0-9;]*m", shown)
    assert not re.search(r"\x1b\[(\d;)*3\dm", plain), "attributes, but no colours"
    assert "Traceback" not in shown + plain


def on_a_terminal(root: Path, argv: list[str], **environment: str) -> str:
    pty, termios = pytest.importorskip("pty"), pytest.importorskip("termios")
    ours, theirs = pty.openpty()
    termios.tcsetwinsize(theirs, (50, 60))
    process = subprocess.Popen(
        [sys.executable, "-c", ON_A_TERMINAL, *argv, "--course", str(root)],
        stdout=theirs,
        stderr=theirs,
        cwd=Path(cli.__file__).parent.parent,
        env={**os.environ, "TERM": "xterm-256color", **environment},
    )
    os.close(theirs)
    output = b""
    with contextlib.suppress(OSError):  # how Linux says that the terminal is closed
        while data := os.read(ours, 65536):
            output += data
    os.close(ours)
    process.wait()
    return output.decode(errors="replace")
