"""`watch` as a learner has it: files are saved, keys typed, and the screen is read."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from .pseudo_terminal import HOME, PATIENCE, PseudoTerminal, environment

pytestmark = [pytest.mark.real_loop, pytest.mark.timeout(180)]

MakeCourse = Callable[..., Path]
GOOD = (
    "import asyncio\n\nasync def answer():\n    await asyncio.sleep(1)\n    return 42\n"
)
BAD = GOOD.replace("42", "41")
SPINS = GOOD.replace("await", "while True: pass\n    await")
HINTS = "# Hints\n\n## 1.2 Two\n1. Look at the number.\n2. It is `42`.\n"
FOOTER = "h hint   l list   t trace   n next   q quit"


@pytest.fixture
def root(course: MakeCourse) -> Path:
    """Three exercises; the second is the first that is not solved."""
    root = course(one=GOOD, two=BAD, three=BAD)
    (root / "exercises" / "ch01_own" / "HINTS.md").write_text(HINTS)
    (root / "solutions" / "ch01_own" / "ex02_two.py").write_text(GOOD)
    return root


def watch(root: Path, *argv: str, **how: object) -> PseudoTerminal:
    argv = ("-m", "grader", "watch", "--course", str(root), *argv)
    return PseudoTerminal(*argv, **how)  # type: ignore[arg-type]


def file(root: Path, name: str) -> Path:
    (found,) = (root / "exercises" / "ch01_own").glob(f"ex*_{name}.py")
    return found


def gives(number: int) -> str:
    return GOOD.replace("42", str(number))


def test_a_save_shows_the_new_verdict_and_the_ways_on(root: Path) -> None:
    with watch(root) as terminal:
        first = terminal.until("1.2  Two", "a test fails", "1 of 3 solved", FOOTER)
        file(root, "two").write_text(GOOD)
        second = terminal.until("Solved!", "2 of 3 solved")

    assert "got 41" in first
    assert "2 of 2 rules kept" in second
    ways = [line.strip() for line in second.partition("Next\n")[2].splitlines()[:3]]
    assert ways[0].startswith("exercises/ch01_own/ex03_three.py")
    assert ways[1].startswith("python -m grader solution 1.2 --course")
    assert "exercises/ch01_own/README.md" in second


def test_one_goes_on_when_one_likes_and_at_the_end_there_is_a_summary(
    root: Path,
) -> None:
    with watch(root, "two") as terminal:
        terminal.until("1.2  Two", "1 of 3 solved")
        terminal.press("n")
        terminal.until("1.3  Three", "a test fails")
        terminal.press("n")
        terminal.until("1.2  Two", "a test fails")
        file(root, "two").write_text(GOOD)
        terminal.until("Solved!")
        terminal.press("n")
        terminal.until("1.3  Three", "a test fails")
        file(root, "three").write_text(GOOD)
        terminal.until("Solved!", "3 of 3 solved")
        terminal.press("n")
        terminal.until("Everything is solved. Well done!")


def test_whose_file_is_saved_is_shown(root: Path) -> None:
    with watch(root, "two") as terminal:
        terminal.until("1.2  Two", "1 of 3 solved")
        file(root, "one").write_text(BAD)
        terminal.until("1.1  One", "a test fails", "0 of 3 solved")


def test_a_file_may_vanish_be_replaced_and_be_half_written(root: Path) -> None:
    two = file(root, "two")
    with watch(root, "two") as terminal:
        terminal.until("got 41")
        two.unlink()
        terminal.until("does not import", "is missing")
        two.write_text(gives(43))
        terminal.until("got 43")
        two.write_text("async def answer(:\n")
        terminal.until("does not import", "Syntax error in line 1")
        draft = two.with_suffix(".tmp")
        draft.write_text(gives(44))
        draft.replace(two)
        terminal.until("got 44")
        two.unlink()
        two.mkdir()
        terminal.until("is a folder, not a file")
        two.rmdir()
        two.write_text(GOOD)
        terminal.until("Solved!")


def test_the_last_of_rapid_saves_is_the_one_that_counts(root: Path) -> None:
    two = file(root, "two")
    with watch(root, "two") as terminal:
        terminal.until("got 41", "1 of 3 solved")
        for number in range(100, 200):
            two.write_text(gives(number)[: number % 7 - 7 or None])
            two.write_text(gives(number))
        terminal.until("got 199")
        seen = [int(n) for n in re.findall(r"got.{0,9}?(\d+)", terminal.said)]
        terminal.press("q")
        terminal.exit_code()
        late = [int(n) for n in re.findall(r"got.{0,9}?(\d+)", terminal.picture)]

    assert seen == sorted(seen)
    assert late[-1:] in ([], [199])


def test_a_save_ends_what_is_being_judged(root: Path) -> None:
    two = file(root, "two")
    with watch(root, "two", "--limit", "300") as terminal:
        terminal.until("got 41", "1 of 3 solved")
        two.write_text(SPINS)
        terminal.until("1.2  Two", "judging …", without="got 41")
        two.write_text(GOOD)
        terminal.until("Solved!")


@pytest.mark.parametrize("columns", [80, 60])
def test_keys_open_hints_list_and_trace(root: Path, columns: int) -> None:
    with watch(root, columns=columns) as terminal:
        terminal.until("got 41", "1 of 3 solved")
        terminal.press("h")
        terminal.until("got 41", "Hint 1 of 2", "Look at the number.")
        terminal.press("\x1b[Ahx")  # an arrow and x mean nothing
        terminal.until("Hint 2 of 2", "It is `42`.", without="Hint 1")
        terminal.press("l")
        terminal.until("1.3", "Three", without="Hint 2")
        terminal.press("t")
        terminal.until("Your answer", "The reference", "passes")
        terminal.press("t")
        picture = terminal.until("Hint 2 of 2", "got 41")
        terminal.press("Q")
        assert terminal.exit_code() == 0
        assert terminal.is_restored

    assert "─" * columns in picture
    assert max(map(len, picture.splitlines())) <= columns


def test_another_size_of_the_window_is_another_picture(root: Path) -> None:
    with watch(root) as terminal:
        terminal.until("got 41", "1 of 3 solved", "─" * 80)
        terminal.resize(60)
        terminal.until("got 41", "\n" + "─" * 60 + "\n")


@pytest.mark.parametrize(
    ("end", "code"),
    [
        (lambda terminal: terminal.press("\x03"), 130),
        (lambda terminal: terminal.process.terminate(), 143),
    ],
    ids=["Ctrl-C", "SIGTERM"],
)
def test_the_terminal_is_left_as_it_was(
    root: Path, end: Callable[[PseudoTerminal], None], code: int
) -> None:
    file(root, "two").write_text(SPINS)  # also while an answer runs
    with watch(root, "two") as terminal:
        terminal.until("judging …")
        terminal.until_set()
        end(terminal)

        assert terminal.exit_code() == code
        assert terminal.is_restored
        assert "Traceback" not in terminal.said


def test_the_terminal_is_left_as_it_was_after_an_error_of_our_own(root: Path) -> None:
    program = (
        "import sys\nfrom grader.watch import session\nfrom grader.cli import main\n"
        "session.next_hints = lambda *_: 1 / 0\n"
        "sys.exit(main(['watch', '--course', sys.argv[1]]))"
    )
    with PseudoTerminal("-c", program, str(root)) as terminal:
        terminal.until("got 41")
        terminal.press("h")

        assert terminal.exit_code() == 3
        assert terminal.is_restored
        assert "The grader itself failed." in terminal.said


def test_after_a_pause_the_keys_work_again(root: Path) -> None:
    with watch(root) as terminal:
        terminal.until("got 41", "1 of 3 solved")
        terminal.restore()  # as shells do when a program is stopped
        terminal.process.send_signal(signal.SIGCONT)
        terminal.until_set()
        terminal.press("h")
        terminal.until("Hint 1 of 2")


def test_no_color_is_honoured(root: Path) -> None:
    with watch(root, env={"NO_COLOR": "1"}) as terminal:
        terminal.until("got 41", "1 of 3 solved")
        terminal.press("l")
        terminal.until("Three", without="got 41")

    assert re.findall(r"\x1b\[[0-9;]*\b[34]\dm", terminal.said) == []


def test_without_events_it_looks_for_itself(root: Path) -> None:
    with watch(root, "--poll") as terminal:
        terminal.until("got 41", "1 of 3 solved")
        for number in (43, 44, 45):
            file(root, "two").write_text(gives(number))
            terminal.until(f"got {number}")


@pytest.fixture
def log(root: Path, tmp_path: Path) -> Iterator[Log]:
    with logged(root, tmp_path / "output.txt") as log:
        yield log


@contextmanager
def logged(root: Path, output: Path) -> Iterator[Log]:
    """`watch` without a terminal."""
    with output.open("wb") as stream:
        process = subprocess.Popen(
            [sys.executable, "-m", "grader", "watch", "--course", str(root)],
            stdin=subprocess.DEVNULL,
            stdout=stream,
            stderr=stream,
            cwd=HOME,
            env=environment(),
        )
    try:
        yield Log(process, output)
    finally:
        process.kill()
        process.wait()


class Log:
    """What it wrote so far."""

    def __init__(self, process: subprocess.Popen[bytes], output: Path) -> None:
        self.process, self._output = process, output

    def until(self, *texts: str) -> str:
        """Wait for all of `texts`."""
        give_up = time.monotonic() + PATIENCE
        while not all(text in (said := self._output.read_text()) for text in texts):
            assert time.monotonic() < give_up, said
            time.sleep(0.05)
        return said


def test_without_a_terminal_there_are_plain_lines(root: Path, log: Log) -> None:
    log.until("watching 3 exercises in exercises, Ctrl-C ends it\n", "got 41")
    file(root, "two").write_text(GOOD)
    log.until("Solved!")
    file(root, "three").write_text(gives(43))
    said = log.until("1.3  Three", "got 43")
    log.process.send_signal(signal.SIGINT)

    assert log.process.wait(PATIENCE) == 130
    assert "\x1b" not in said
    assert re.findall(r"^(?:---|1\.\d) .*", re.sub(r"\d\d:", "", said), re.M)[1::2] == [
        "1.2  Two   ✗ a test fails",
        "1.2  Two   ● solved",
        "1.3  Three   ✗ a test fails",
    ]
    assert [line for line in said.splitlines() if line != line.rstrip()] == []


def test_the_first_verdict_is_written_once(course: MakeCourse, tmp_path: Path) -> None:
    root = course(one=BAD, two=BAD)
    with logged(root, tmp_path / "output.txt") as log:
        log.until("1.1  One", "got 41")
        file(root, "two").write_text(gives(43))
        said = log.until("1.2  Two", "got 43")

    assert said.count("1.1  One   ✗ a test fails") == 1


@pytest.mark.parametrize(
    ("argv", "said"),
    [
        (["--format", "json"], "`--format` does not go with `watch`."),
        (["no_such"], "`no_such` is no exercise of this course"),
    ],
)
def test_wrong_usage_is_one_sentence(root: Path, argv: list[str], said: str) -> None:
    command = [sys.executable, "-m", "grader", "watch", "--course", str(root), *argv]
    found = subprocess.run(
        command, capture_output=True, text=True, cwd=HOME, env=environment()
    )

    assert found.returncode == 2
    assert found.stdout == ""
    assert said in found.stderr
    assert "Traceback" not in found.stderr


def test_what_is_not_a_terminal_is_left_alone(root: Path) -> None:
    """Output on a terminal, input from elsewhere: a screen without keys."""
    program = (
        "import os, sys\nos.dup2(os.open(os.devnull, os.O_RDONLY), 0)\n"
        "from grader.cli import main\nsys.exit(main(sys.argv[1:]))"
    )
    argv = ("-c", program, "watch", "--course", str(root))
    with PseudoTerminal(*argv) as terminal:
        terminal.until("got 41", "Ctrl-C quit")
        assert terminal.is_restored
        os.kill(terminal.process.pid, signal.SIGINT)
        assert terminal.exit_code() == 130
