"""One verdict on each exercise, whatever its answer does."""

import asyncio
import contextlib
import subprocess
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from grader.course import Course
from grader.runner import RunnerError, Settings, run
from grader.verdict import Verdict

from .conftest import KATA, Judge

pytestmark = pytest.mark.real_loop

GOOD = (
    "import asyncio\n\nasync def answer():\n    await asyncio.sleep(1)\n    return 42\n"
)
Course_ = Callable[..., Path]

# Exercise, status, a part of what is said, the source of the decisive line.
OUTCOMES = [
    ("passes", "passed", None, None),
    ("fails", "failing", "got 2.0, expected 1", None),
    ("is_not_written", "todo", "`answer` is not written yet.", "raise Not"),
    ("raises", "failing", "ZeroDivisionError", "return number // 0"),
    ("waits_for_ever", "failing", "Deadlock", "Queue[int]().get()"),
    ("syntax_error", "broken", "Syntax error in line 3: expected ':'.", "async def"),
    ("not_utf8", "broken", "is not UTF-8: byte 0xe9 in line 1", "# caf"),
    ("nul_byte", "broken", "has a NUL byte in line 2", "#"),
    ("empty", "broken", "`answer` is not defined in `exercises/", None),
    ("missing_name", "broken", "Did you mean `answers`?", None),
    ("exits_at_import", "broken", "At import: The answer ended", "sys.exit(0)"),
    ("raises_at_import", "broken", "At import: KeyError: 'high'", 'LIMITS["high"]'),
    ("missing_module", "broken", "no module named `no_such_module`", "import no_such"),
    ("asks_at_import", "broken", "Nobody is here to answer `input()`", "input("),
    ("missing", "broken", "is missing. `git restore exercises/", None),
    ("directory", "broken", "is a folder, not a file.", None),
    ("dangling_link", "broken", "link to `nowhere.py`, which does not exist", None),
    ("unreadable", "broken", "cannot be read: ", None),
    ("spins", "timeout", "after 8 s, while `test_it_gives_42` ran", "while True: pass"),
    ("spins_with_await", "failing", "Busy loop", "await asyncio.sleep(0)"),
    ("os_exit", "crashed", "`os._exit(0)` while `test_it_gives_42` ran", None),
    ("os_exit_at_import", "crashed", "`os._exit(0)` at import", None),
    ("sys_exit", "failing", "ended the program: `sys.exit(0)`", "sys.exit(0)"),
    ("aborts", "crashed", "signal SIGABRT while `test_it_gives_42`", "os.abort()"),
    ("recursion", "failing", "called itself until", "return await answer()"),
    ("memory_bomb", "failing", "more memory than it may use", "hoard.append"),
    ("prints_much", "passed", None, None),
    ("endless_thread", "passed", None, None),
    ("asks_for_input", "failing", "Nobody is here to answer `input()`", "input("),
    (
        "patches_sleep",
        "tampered",
        "replaced `asyncio.sleep`",
        "sleep = at_once",
    ),
    ("deletes_sleep", "tampered", "replaced `asyncio.sleep`", "del asyncio.sleep"),
    (
        "patches_in_a_test",
        "tampered",
        "replaced `asyncio.sleep`",
        "sleep = print",
    ),
]


@pytest.fixture(scope="module")
def verdicts(kata: Path, judge: Judge) -> dict[str, Verdict]:
    """All answers of the miniature course, judged together."""
    return judge(kata, limit=8.0, jobs=2, memory=128)


@pytest.mark.parametrize(("name", "status", "said", "source"), OUTCOMES)
def test_every_outcome_has_its_status_sentence_and_line(
    verdicts: dict[str, Verdict],
    name: str,
    status: str,
    said: str | None,
    source: str | None,
) -> None:
    verdict = verdicts[name]
    failure = verdict.first_failure
    message, where = verdict.message, verdict.where
    if message is None and failure is not None:
        message, where = failure.message, failure.where

    assert (verdict.status, name) == (status, name)
    assert said is None or said in (message or "")
    assert source is None or source in where[-1].source
    assert (where != ()) == (source is not None)


def test_a_swallowed_cancellation_ends_by_one_limit_or_another(
    verdicts: dict[str, Verdict],
) -> None:
    """In virtual time if the machine is fast, or else by the clock on the wall."""
    verdict = verdicts["swallows_cancel"]

    assert verdict.status in ("failing", "timeout")
    assert verdict.first_failure is not None
    assert "still running" in (verdict.first_failure.message or "").lower()


def test_every_exercise_has_one_verdict(verdicts: dict[str, Verdict]) -> None:
    names = [name for name, *_ in OUTCOMES]

    assert sorted(verdicts) == sorted([*names, "swallows_cancel"])


def test_every_rule_is_listed_in_order(verdicts: dict[str, Verdict]) -> None:
    for name, verdict in verdicts.items():
        tests = [(test.name, test.rule) for test in verdict.tests]
        assert tests == [
            ("test_it_gives_42", "`answer()` gives 42."),
            ("test_it_takes_a_second", "`answer()` takes one second."),
        ], name


@pytest.mark.parametrize("name", ["syntax_error", "os_exit_at_import", "missing"])
def test_what_was_never_reached_was_not_run(
    verdicts: dict[str, Verdict], name: str
) -> None:
    assert {test.status for test in verdicts[name].tests} == {"not_run"}


def test_a_crash_leaves_later_tests_not_run(verdicts: dict[str, Verdict]) -> None:
    statuses = [test.status for test in verdicts["aborts"].tests]

    assert statuses == ["failed", "not_run"]


def test_a_flood_of_output_is_kept_to_a_screenful(verdicts: dict[str, Verdict]) -> None:
    printed = verdicts["prints_much"].tests[0].printed

    assert printed == "x" * 4_000


def test_reference_answers_pass(kata: Path, judge: Judge) -> None:
    verdicts = judge(kata, answers=Path("solutions"))

    assert {verdict.status for verdict in verdicts.values()} == {"passed"}
    assert len(verdicts) == len(OUTCOMES) + 1


def test_one_file_can_stand_in_for_one_answer(
    kata: Path, judge: Judge, tmp_path: Path
) -> None:
    answer = tmp_path / "mine.py"
    answer.write_text("async def answer():\n    return 43\n")

    verdict = judge(kata, "passes", answer=answer)["passes"]

    assert verdict.status == "failing"
    assert verdict.tests[0].message == "got 43, expected 42"


def test_no_traces_are_left_beside_the_answers(kata: Path, judge: Judge) -> None:
    judge(kata, "passes")

    assert not list((kata / "exercises").rglob("__pycache__"))


def test_every_run_has_other_random_numbers(course: Course_, judge: Judge) -> None:
    source = "import random\nprint(random.random())\n" + GOOD
    verdicts = judge(course(one=source, two=source))

    assert verdicts["one"].tests[0].printed != verdicts["two"].tests[0].printed


def test_an_answer_is_read_anew_for_every_run(course: Course_, judge: Judge) -> None:
    root = course(one=GOOD)
    judge(root)
    answer = root / "exercises" / "ch01_own" / "ex01_one.py"
    answer.write_text(GOOD.replace("42", "43"))

    assert judge(root)["one"].status == "failing"


def test_processes_that_an_answer_left_behind_are_ended(
    course: Course_, judge: Judge, tmp_path: Path
) -> None:
    pid_file = tmp_path / "pid"
    source = (
        "import pathlib, subprocess\n"
        "child = subprocess.Popen(['sleep', '1000'])\n"
        f"pathlib.Path({str(pid_file)!r}).write_text(str(child.pid))\n"
    )
    judge(course(one=source + GOOD))

    assert _ends(int(pid_file.read_text()))


def test_the_run_can_be_given_up(course: Course_, judge: Judge, tmp_path: Path) -> None:
    pid_file = tmp_path / "pid"
    source = (
        "import os, pathlib\n"
        f"pathlib.Path({str(pid_file)!r}).write_text(str(os.getpid()))\n"
        "while True: pass\n"
    )
    root = course(good=GOOD, spins=source)

    async def first() -> Verdict:
        settings = Settings(root, Path("exercises"), limit=60)
        verdicts = run(Course.load(root).exercises, settings)
        async with contextlib.aclosing(verdicts):
            verdict = await anext(verdicts)
            await asyncio.to_thread(_wait_for, pid_file)
            return verdict

    with asyncio.Runner(loop_factory=asyncio.SelectorEventLoop) as runner:
        assert runner.run(first()).status == "passed"
    assert _ends(int(pid_file.read_text()))


def test_a_flood_of_records_is_stopped(course: Course_, judge: Judge) -> None:
    source = (
        "import os, stat\n"
        "for fd in map(int, os.listdir('/dev/fd')):\n"
        "    if not os.path.exists(f'/dev/fd/{fd}'): continue\n"
        "    while stat.S_ISFIFO(os.fstat(fd).st_mode):\n"
        "        os.write(fd, b'{\"kind\": 1}\\n' * 1000)\n"
    )
    verdicts = judge(course(one=source + GOOD, two=GOOD))

    assert verdicts["one"].status == "crashed"
    assert "flooded" in (verdicts["one"].message or "")
    assert verdicts["two"].status == "passed"


def test_the_worker_is_replaced_once(course: Course_, judge: Judge) -> None:
    kill = "import os, signal\nos.kill(os.getppid(), signal.SIGKILL)\n" + GOOD
    verdicts = judge(course(one=GOOD, kills=kill, two=GOOD, three=GOOD), jobs=1)

    assert [verdict.status for verdict in verdicts.values()] == ["passed"] * 4


def test_a_worker_that_dies_again_is_the_graders_fault(
    course: Course_, judge: Judge
) -> None:
    kill = "import os, signal\nos.kill(os.getppid(), signal.SIGKILL)\n" + GOOD

    with pytest.raises(RunnerError, match="worker died twice"):
        judge(course(one=kill, two=kill, three=kill, four=GOOD), jobs=1)


def test_broken_tests_are_the_courses_fault(course: Course_, judge: Judge) -> None:
    root = course(one=GOOD, two=GOOD)
    tests = root / "tests" / "ch01_own" / "test_ex01_one.py"
    tests.write_text(tests.read_text() + "\nassert True is\n")
    seen: list[Verdict] = []

    async def collect() -> None:
        settings = Settings(root, Path("exercises"))
        async for verdict in run(Course.load(root).exercises, settings):
            seen.append(verdict)

    with (
        asyncio.Runner(loop_factory=asyncio.SelectorEventLoop) as runner,
        pytest.raises(RunnerError, match=r"test_ex01_one\.py.* cannot be loaded"),
    ):
        runner.run(collect())
    assert [verdict.status for verdict in seen] == ["passed"]


@pytest.mark.parametrize(
    "name", ["passes", "is_not_written", "syntax_error", "os_exit", "aborts"]
)
def test_without_fork_the_verdict_is_the_same(
    verdicts: dict[str, Verdict], kata: Path, judge: Judge, name: str
) -> None:
    spawned = judge(kata, name, fork=False)[name]

    assert replace(spawned, seconds=0) == replace(verdicts[name], seconds=0)


def test_without_fork_the_limit_holds(kata: Path, judge: Judge) -> None:
    verdict = judge(kata, "spins", fork=False, limit=5.0)["spins"]

    assert verdict.status == "timeout"
    assert [line.source for line in verdict.where] == ["while True: pass"]


def test_the_miniature_course_is_a_course() -> None:
    assert len(Course.load(KATA).exercises) == len(OUTCOMES) + 1


def _wait_for(file: Path) -> None:
    while not file.exists() or not file.read_text():
        time.sleep(0.01)


def _ends(pid: int) -> bool:
    """Whether the process goes away, which may take a moment under load."""
    for _ in range(1_000):
        state = subprocess.run(
            ["ps", "-o", "stat=", "-p", str(pid)], capture_output=True
        )
        if state.stdout.strip()[:1] in (b"", b"Z"):  # not there, or nobody's zombie
            return True
        time.sleep(0.01)
    return False
