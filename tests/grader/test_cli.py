"""What is typed, and what comes of it: exit codes, output, files, interruptions."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from grader import cli
from grader.runner import RunnerError
from tests.grader.samples import Recital, failing, passed, todo, write, write_course

ALL = (passed("1.1"), passed("1.2"), passed("2.1"))
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
        code = cli.main([*argv, "--course", "."], run or Recital(*ALL))
        return code, *self._capture.readouterr()


@pytest.fixture
def kata(root: Path, capsys: pytest.CaptureFixture[str]) -> Kata:
    return Kata(capsys)


def test_without_a_terminal_there_are_plain_lines_in_course_order(
    kata: Kata,
) -> None:
    code, out, err = kata(run=Recital(*SOME))

    assert (code, err) == (1, "")
    lines = out.splitlines()
    assert lines[0] == "asyncio kata: judging 3 exercises in exercises"
    assert lines[1:4] == [
        "passed    1.1   Ask a question",
        "failing   1.2   Tell a story",
        "todo      2.1   Wait for it",
    ]
    assert lines[5].startswith("1 of 3 solved, 1 min 36 s of waiting graded in ")
    assert lines[8].startswith("1.2  Tell a story   ✗ a test fails")
    assert "python -m grader 1.2 --course .        judge it again" in out
    assert "\x1b" not in out
    assert not [line for line in lines if line != line.rstrip()]


def test_all_passed_is_exit_code_0(kata: Kata) -> None:
    code, out, err = kata()

    assert (code, err) == (0, "")
    assert "\nEverything is solved. Well done!\n" in out


def test_only_what_was_named_is_judged(kata: Kata) -> None:
    run = Recital(*SOME)

    code, out, _ = kata("1.1", "waiting", run=run)

    assert run.asked == ["1.1", "2.1"]
    assert code == 1
    assert "1.2" not in out


def test_one_exercise_shows_its_rules(kata: Kata) -> None:
    code, out, _ = kata("tell", run=Recital(*SOME))

    assert code == 1
    assert out.splitlines()[:7] == [
        "asyncio kata: judging 1 exercise in exercises",
        "",
        "1.2  Tell a story   ✗ a test fails",
        "exercises/ch01_asking/ex02_tell.py",
        "",
        "● `ask()` returns the answer.",
        "✗ The answer comes after 2 seconds.",
    ]


def test_the_options_reach_the_runner(kata: Kata, root: Path) -> None:
    write(root, "mine.py", "")
    run = Recital(*ALL)

    code, out, _ = kata(
        *("--answers", "solutions", "1.1", "--answer", "mine.py", "--limit", "2.5"),
        *("--jobs", "3", "--memory", "64", "--no-fork"),
        run=run,
    )

    assert code == 0
    assert run.settings is not None
    assert vars(run.settings) == {
        "root": root,
        "answers": root / "solutions",
        "answer": root / "mine.py",
        "limit": 2.5,
        "jobs": 3,
        "memory": 64,
        "fork": False,
    }
    assert out.startswith("asyncio kata: judging 1 exercise in mine.py\n")


def test_the_defaults(kata: Kata, root: Path) -> None:
    run = Recital(*ALL)

    kata(run=run)

    assert run.settings is not None
    assert run.settings.answers == root / "exercises"
    assert run.settings.limit == 10
    assert run.settings.memory == 1024
    assert run.settings.jobs >= 1


def test_json_is_all_that_standard_output_holds(kata: Kata) -> None:
    code, out, err = kata("--format", "json", run=Recital(*SOME))

    report = json.loads(out)
    assert (code, err) == (1, "")
    assert report["schema"] == "asyncio-kata/report/v1"
    assert report["summary"] == {"passed": 1, "total": 3}


def test_a_report_in_a_file_leaves_the_screen_as_it_is(kata: Kata, root: Path) -> None:
    code, out, _ = kata("--format", "json", "--output", "report.json")

    assert code == 0
    assert "Well done!" in out
    assert json.loads((root / "report.json").read_text())["complete"] is True
    assert not list(root.glob(".report*")), "the draft is gone"


def test_a_text_report_in_a_file(kata: Kata, root: Path) -> None:
    kata("--output", "report.txt")

    text = (root / "report.txt").read_text(encoding="utf-8")
    assert text.startswith("asyncio kata          ")


def test_a_report_is_written_through_links_and_into_pipes(
    kata: Kata, root: Path
) -> None:
    write(root, "real.json", "old")
    (root / "link.json").symlink_to("real.json")

    kata("--format", "json", "--output", "link.json")
    kata("--format", "json", "--output", os.devnull)

    assert (root / "link.json").is_symlink()
    assert (root / "real.json").read_text().startswith("{")
    assert stat.S_ISCHR(Path(os.devnull).stat().st_mode)


def test_the_list(kata: Kata) -> None:
    code, out, _ = kata("list", "waiting")

    assert code == 0
    assert out == "ch02  Waiting\n2.1   Wait for it  wait_for_it\n"


def test_each_call_shows_the_next_hint_and_the_last_one_stays(kata: Kata) -> None:
    shown = [kata("hint", "1.1")[1].splitlines()[2:4] for _ in range(3)]

    second = ["Hint 2 of 2", "  `await` what `ask()` gives you:"]
    assert shown == [["Hint 1 of 2", "  Read the docstring."], second, second]
    assert kata("hint", "1.2")[1].splitlines()[2] == "Hint 1 of 1"


def test_all_hints_at_once(kata: Kata) -> None:
    _, out, _ = kata("hint", "1.1", "--all")

    assert "Hint 1 of 2" in out
    assert "Hint 2 of 2" in out
    assert "the next hint" not in out


@pytest.mark.parametrize("memory", ["", "{", "[]", '{"ch01_asking/ex01_ask": "x"}'])
def test_a_spoilt_memory_of_hints_begins_again(
    kata: Kata, root: Path, memory: str
) -> None:
    write(root, ".grader/hints.json", memory)

    assert "Hint 1 of 2" in kata("hint", "1.1")[1]


def test_hints_need_no_memory(kata: Kata, root: Path) -> None:
    write(root, ".grader", "a file where the folder should be")

    assert "Hint 1 of 2" in kata("hint", "1.1")[1]


@pytest.mark.parametrize(
    ("argv", "sentence"),
    [
        (["tall"], "`tall` is no exercise of this course. Did you mean "),
        (["--limt", "3"], "`--limt` is no option. Did you mean `--limit`?"),
        (["--xyzzy"], "`--xyzzy` is no option. `python -m grader --help` shows "),
        (["--limit", "0"], "`--limit 0` is not a number above 0. "),
        (["--limit", "nan"], "`--limit nan` is not a number above 0. "),
        (["--jobs", "1.5"], "`--jobs 1.5` is not a whole number above 0. "),
        (["--limit"], "`--limit` needs a value. "),
        (
            ["--format", "xml"],
            "`--format xml` is unknown. Try `--format` with `text`, ",
        ),
        (["--format", "exercism"], "`python -m grader --format exercism` needs exac"),
        (["--port", "http"], "`--port http` is not a whole number above 0. "),
        (["--answers", "nope"], "`--answers nope` is no folder. Try "),
        (["--answers", "."], "`--answers .` holds no chapter of this course, such as "),
        (["--answer", "x.py"], "`python -m grader --answer x.py` needs exactly one "),
        (["--answer", "x.py", "1.1"], "`--answer x.py` is no file. "),
        (["hint", "ch01"], "`python -m grader hint` needs exactly one exercise, "),
        (
            ["hint", "2.1"],
            "`2.1` has no hints. Read `exercises/ch02_waiting/README.md`",
        ),
        (["--output", "no/x"], "`--output no/x`: there is no folder `no`."),
        (["--output", "tests"], "`--output tests` is a folder. "),
    ],
)
def test_wrong_usage_is_one_sentence_and_the_next_step(
    kata: Kata, argv: list[str], sentence: str
) -> None:
    code, out, err = kata(*argv)

    assert (code, out) == (2, "")
    assert err.startswith(f"asyncio kata: {sentence}")
    assert err.count("\n") == 1


def test_what_is_not_a_course_is_wrong_usage(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert cli.main(["--course", "nowhere"]) == 2
    assert "`nowhere` is not a course" in capsys.readouterr().err


def test_an_interrupted_run_shows_what_is_known(kata: Kata) -> None:
    run = Recital(failing("1.2"), passed("2.1"), error=KeyboardInterrupt())

    code, out, _ = kata(run=run)

    assert code == 130
    assert "Interrupted: this is what is known so far." in out
    assert "1.2  Tell a story   ✗ a test fails" in out
    assert run.closed


def test_an_interrupted_json_report_is_whole_but_incomplete(kata: Kata) -> None:
    run = Recital(passed("2.1"), error=KeyboardInterrupt())

    code, out, _ = kata("--format", "json", run=run)

    assert code == 130
    assert json.loads(out)["complete"] is False


def test_the_graders_own_failure_is_not_the_learners(kata: Kata) -> None:
    run = Recital(passed("2.1"), error=RunnerError("The worker did not start."))

    code, out, err = kata(run=run)

    assert code == 3
    assert err.startswith("The grader itself failed. Your answers are not to blame.\n")
    assert "The worker did not start." in err
    assert "Traceback" not in err
    assert "1 of 3 solved" in out


def test_an_unforeseen_error_comes_with_its_trace(kata: Kata) -> None:
    code, _, err = kata(run=Recital(error=ZeroDivisionError("no")))

    assert code == 3
    assert "The grader itself failed." in err
    assert "ZeroDivisionError: no" in err


def test_a_missing_verdict_is_the_graders_failure(kata: Kata) -> None:
    code, _, err = kata(run=Recital(passed("1.1")))

    assert code == 3
    assert "Some exercises have no verdict." in err


def test_version_and_help(kata: Kata, capsys: pytest.CaptureFixture[str]) -> None:
    assert kata("--version")[:2][0] == 0
    with pytest.raises(SystemExit) as stopped:
        cli.main(["--help"])
    assert stopped.value.code == 0
    assert "hint       Show the next hint" in capsys.readouterr().out


# What a terminal gets is seen only on one: the rest runs in a process of its own.
ON_A_TERMINAL = """
import asyncio, sys
from grader import cli
from tests.grader.samples import Recital, failing, passed, todo
some = passed("1.1"), failing("1.2"), todo("2.1")
wait = asyncio.Event().wait if sys.argv[1] == "wait" else None
sys.exit(cli.main(["--course", *sys.argv[2:]], Recital(*some, then=wait)))
"""


class Terminal:
    """A process whose standard output and error are a terminal of 80 columns."""

    def __init__(self, *argv: str, **environment: str) -> None:
        pty, termios = pytest.importorskip("pty"), pytest.importorskip("termios")
        self._ours, theirs = pty.openpty()
        termios.tcsetwinsize(theirs, (50, 80))
        self.process = subprocess.Popen(
            [sys.executable, "-c", ON_A_TERMINAL, *argv],
            stdout=theirs,
            stderr=theirs,
            cwd=Path(cli.__file__).parent.parent,
            env={**os.environ, "TERM": "xterm-256color", **environment},
        )
        os.close(theirs)
        self._output = b""

    @property
    def text(self) -> str:
        """All that came so far."""
        return self._output.decode(errors="ignore")

    def read(self, until: str | None = None) -> None:
        """Read until a text has come, or else until the end."""
        with contextlib.suppress(OSError):  # how Linux says that the terminal is closed
            while until is None or until not in self.text:
                data = os.read(self._ours, 65536)
                if not data:
                    break
                self._output += data

    def end(self) -> int:
        """Read the rest, and return the exit code."""
        self.read()
        os.close(self._ours)
        return self.process.wait()


@pytest.mark.real_loop
def test_a_terminal_shows_a_live_screen_and_then_the_last_one(root: Path) -> None:
    terminal = Terminal("go", str(root))

    assert terminal.end() == 1
    live, _, last = terminal.text.rpartition("\x1b[2K")
    assert "of 3 judged" in live
    assert "of 3 judged" not in last
    assert "● \x1b[0m" not in last
    assert "\x1b[32m●\x1b[0m" in last
    assert "\x1b[1;31m✗" in last


@pytest.mark.real_loop
def test_control_c_ends_the_live_screen_and_shows_what_is_known(root: Path) -> None:
    terminal = Terminal("wait", str(root), NO_COLOR="1")
    terminal.read(until="3 of 3 judged")
    terminal.process.send_signal(signal.SIGINT)

    assert terminal.end() == 130
    assert "Interrupted: this is what is known so far." in terminal.text
    assert "Traceback" not in terminal.text
    assert "\x1b[31m" not in terminal.text


@pytest.mark.real_loop
def test_whoever_reads_the_output_may_leave(root: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", ON_A_TERMINAL, "go", str(root), "--format", "json"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=Path(cli.__file__).parent.parent,
    )
    assert process.stdout is not None
    process.stdout.close()

    _, errors = process.communicate()

    assert errors == b""


def test_the_next_commands_ask_about_the_same_answers(kata: Kata, root: Path) -> None:
    write(root, "my.py", "")

    _, out, _ = kata(
        *("1.2", "--answers", "solutions", "--answer", "my.py"),
        run=Recital(*SOME),
    )

    same = "--course . --answers solutions --answer my.py"
    assert out.splitlines()[-5:] == [
        "Next",
        "  python -m grader hint 1.2 --course .",
        f"  python -m grader trace 1.2 {same}",
        f"  python -m grader 1.2 {same}",
        "  exercises/ch01_asking/README.md",
    ]
