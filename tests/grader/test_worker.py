"""What surrounds an answer in its process, and what is made of what it leaves."""

import io
import json
import os
from pathlib import Path

import pytest

from grader.course import Course, Exercise
from grader.evidence import Evidence, Judge
from grader.harness.child import _merged
from grader.harness.confine import Records, Screen
from grader.verdict import Line, TestVerdict, Verdict, to_json

from .conftest import KATA

ANSWER = KATA / "exercises" / "ch01_ordinary" / "ex01_passes.py"
FIRST, SECOND = "test_it_gives_42", "test_it_takes_a_second"


@pytest.fixture(scope="module")
def exercise() -> Exercise:
    return Course.load(KATA).exercises[0]


def _start(name: str) -> str:
    return json.dumps({"kind": "start", "name": name})


def _test(name: str, **fields: object) -> str:
    verdict = {**to_json(TestVerdict(name, "?", "passed")), **fields}
    return json.dumps({"kind": "test", **verdict})


END = '{"kind": "end"}'
PASSED = [_start(FIRST), _test(FIRST), _start(SECOND), _test(SECOND)]


def _judged(exercise: Exercise, *lines: str, **fields: object) -> Verdict:
    evidence = Evidence(**fields)  # type: ignore[arg-type]
    for line in lines:
        evidence.add(line.encode() + b"\n")
    return Judge(KATA, KATA / "exercises", 10, 1024).verdict(exercise, evidence, 1.5)


def test_all_passed_and_an_end_make_an_exercise_pass(exercise: Exercise) -> None:
    verdict = _judged(exercise, *PASSED, END, exit=0)

    assert (verdict.exercise, verdict.status, verdict.seconds) == ("1.1", "passed", 1.5)
    assert verdict.tests[0].rule == "`answer()` gives 42."


def test_no_end_no_pass_whatever_the_exit_code(exercise: Exercise) -> None:
    assert _judged(exercise, *PASSED, exit=0).status == "crashed"


def test_an_end_without_every_test_is_no_pass(exercise: Exercise) -> None:
    verdict = _judged(exercise, *PASSED[:2], END, exit=0)

    assert verdict.status == "failing"
    assert [test.status for test in verdict.tests] == ["passed", "not_run"]


@pytest.mark.parametrize(
    "line", ["null", "[]", "1e999", '{"kind": "test"}', '{"kind": "test", "name": []}']
)
def test_a_record_that_makes_no_sense_is_passed_over(
    exercise: Exercise, line: str
) -> None:
    assert _judged(exercise, line, *PASSED, END).status == "passed"


def test_the_first_test_that_did_not_pass_decides(exercise: Exercise) -> None:
    todo = _test(FIRST, status="todo")
    failed = _test(SECOND, status="failed")

    assert _judged(exercise, todo, failed, END).status == "todo"


def test_tampering_outweighs_everything(exercise: Exercise) -> None:
    record = json.dumps({"kind": "tampered", "message": "No!", "where": []})
    verdict = _judged(exercise, *PASSED, record, END)

    assert (verdict.status, verdict.message) == ("tampered", "No!")


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (0, "ended the process with `os._exit(0)`"),
        (-11, "ended the process by signal SIGSEGV (a crash)"),
        (-9, "ended the process by signal SIGKILL, perhaps for lack of memory,"),
        (None, "vanished"),
    ],
)
def test_an_early_end_is_put_into_words(
    exercise: Exercise, status: int | None, words: str
) -> None:
    verdict = _judged(exercise, _start(FIRST), exit=status)

    assert verdict.message == f"The answer {words} while `{FIRST}` ran."
    assert verdict.tests[0].message == verdict.message


DUMP = f"""\
Thread 0x0000000000000001 (most recent call first):
  File "{ANSWER}", line 6 in in_a_thread

Current thread 0x0000000000000002 (most recent call first):
  File "/usr/lib/python3/asyncio/base_events.py", line 7 in run
  File "{ANSWER}", line 9 in answer
  File "{ANSWER}", line 10 in outer
"""


def test_the_innermost_line_of_the_main_thread_is_shown(exercise: Exercise) -> None:
    verdict = _judged(exercise, _start(FIRST), *DUMP.splitlines(), late=True)

    path = "exercises/ch01_ordinary/ex01_passes.py"
    assert verdict.status == "timeout"
    assert verdict.where == (Line(path, 9, "return 42", "answer"),)


def test_a_thread_is_shown_if_the_main_one_only_waits(exercise: Exercise) -> None:
    lines = DUMP.splitlines()[:-2]
    verdict = _judged(exercise, _start(FIRST), *lines, late=True)

    assert [line.function for line in verdict.where] == ["in_a_thread"]


def test_the_screen_keeps_the_first_screenful() -> None:
    screen = Screen()
    print("début", file=screen, flush=True)
    screen.buffer.write(b"\xff" * 10_000_000)

    assert screen.take().startswith("début\n")
    assert screen.take() == ""


def test_a_closed_screen_still_gives_what_it_had() -> None:
    screen = Screen()
    print("before", file=screen, flush=True)
    screen.close()

    assert screen.take() == "before\n"


def test_a_record_is_written_whole_through_a_narrow_pipe() -> None:
    reading, writing = os.pipe()
    with io.FileIO(reading) as pipe:
        Records(writing).send("test", message="x" * 30_000)
        os.close(writing)
        record = json.loads(pipe.readall())

    assert (record["kind"], len(record["message"])) == ("test", 30_000)


def test_a_giant_timeline_is_left_out_of_a_record(tmp_path: Path) -> None:
    with (tmp_path / "records").open("wb") as file:
        Records(file.fileno()).send("test", timeline=["x"] * 500_000)

    assert json.loads((tmp_path / "records").read_text())["timeline"] is None


def test_of_several_parameters_the_worst_is_told() -> None:
    verdicts = [
        TestVerdict("t[1]", "", "passed", virtual_seconds=1),
        TestVerdict("t[2]", "", "failed", "two", virtual_seconds=2),
        TestVerdict("t[3]", "", "failed", "three", virtual_seconds=3),
    ]
    merged = _merged("t", verdicts)

    assert merged == TestVerdict("t", "", "failed", "two", virtual_seconds=6)
