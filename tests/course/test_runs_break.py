"""What runs is seen to break the contract: answers, and the code in lessons."""

import sys
from pathlib import Path

import pytest

from grader.course import Course

from . import lessons, verdicts
from .small import README, RIGHT, SOLUTION, STUB, TESTS, WRONG, make, write

pytestmark = pytest.mark.real_loop

NAP = '''
    """Naps, if at all.

    This advice is no good.

    Fails: {fails}
    """

    import asyncio


    async def nap(seconds: float) -> None:
        {body}
        await asyncio.sleep(seconds)
    '''
LOOP = "loop = asyncio.get_running_loop()"


def answer(root: Path, path: str, body: str, fails: str = "nothing") -> None:
    write(root / path, NAP.format(body=body, fails=fails))


def complaints(root: Path) -> dict[str, list[str]]:
    """What is said of each trial; nothing is left out."""
    course = Course.load(root)
    found = verdicts.trials(course)
    judged = verdicts.judge(course, found)
    return {
        name: [c.message for c in verdicts.complaints(trial, judged[name])]
        for name, trial in found.items()
    }


def test_the_small_course_keeps_the_contract(tmp_path: Path) -> None:
    found = complaints(make(tmp_path))

    modes = ["plain", "debug"] + ["eager"] * (sys.version_info >= (3, 12))
    assert found == {
        "stub/ch01/ex01": [],
        **{f"solution/ch01/ex01/{mode}": [] for mode in modes},
        "right/ch01/ex01/with_a_timer": [],
        "wrong/ch01/ex01/in_a_hurry": [],
        "wrong/ch01/ex01/no_python": [],
        "wrong/ch01/ex01/too_long": [],
    }


def test_every_broken_answer_is_named(tmp_path: Path) -> None:
    root = make(tmp_path)
    answer(root, STUB, "...")
    answer(root, SOLUTION, f"{LOOP}; assert not loop.get_debug(), 'no debugging'")
    answer(root, f"{RIGHT}/with_a_timer.py", "1 / 0")
    answer(root, f"{WRONG}/in_a_hurry.py", "...", "test_it_takes_its_seconds")
    answer(root, f"{WRONG}/too_long.py", "seconds += 1", "test_it_returns_nothing")

    found = complaints(root)

    assert found["stub/ch01/ex01"] == ["must fail, but passes every test"]
    assert found["solution/ch01/ex01/plain"] == []
    [said] = found["solution/ch01/ex01/debug"]
    assert said.startswith("must pass (debug), but is failing. ")
    [said] = found["right/ch01/ex01/with_a_timer"]
    assert "ZeroDivisionError" in said
    assert found["wrong/ch01/ex01/in_a_hurry"] == ["must fail, but passes every test"]
    assert found["wrong/ch01/ex01/too_long"] == [
        "`test_it_returns_nothing` must catch it, "
        "but it was caught by `test_it_takes_its_seconds`"
    ]


@pytest.mark.skipif(sys.version_info < (3, 12), reason="no eager tasks before 3.12")
def test_eager_tasks_are_tried(tmp_path: Path) -> None:
    root = make(tmp_path)
    body = f"{LOOP}; assert loop.get_task_factory() is None, 'so eager'"
    answer(root, SOLUTION, body)

    [said] = complaints(root)["solution/ch01/ex01/eager"]

    assert said.startswith("must pass (eager), but is failing. ")


def test_a_test_file_may_exempt_its_exercise(tmp_path: Path) -> None:
    root = make(tmp_path)
    tests = (root / TESTS).read_text(encoding="utf-8")
    exempt = '"""What `nap()` promises.\n\nNot under: {}\n"""\n'

    def modes(names: str) -> list[str]:
        (root / TESTS).write_text(exempt.format(names) + tests, encoding="utf-8")
        course = Course.load(root)
        [exercise] = course.exercises
        return list(verdicts.loop_modes(course, exercise))

    assert "eager" not in modes("eager_task_factory")
    assert "debug" not in modes("debug")
    assert modes("debug, eager_task_factory") == ["plain"]


def test_the_small_lesson_runs(tmp_path: Path) -> None:
    assert told(make(tmp_path)) == []


LESSONS = [
    ("before\nafter", "after", "5: shows another output:"),
    ("```text\nbefore\nafter\n```\n", "", "5: shows another output:"),
    ("3600", "soon", "5: the program ends with NameError"),
    ("3600", "3600, loop", "5: the program ends with NameError"),
    ('print("after")', "asyncio.run(asyncio.Event().wait())", "5: the program ends"),
    ('print("after")', "exit(1)", "5: the program ends with SystemExit: 1"),
    (
        "a drawing\n```",
        'a drawing\n```\n\n```python\nprint("x")\n```',
        "another output",
    ),
    ("a drawing\n```", "a drawing\n```\n\n```python\nseconds\n```", "NameError"),
]


@pytest.mark.parametrize(("old", "new", "said"), LESSONS, ids=range(1, 9))
def test_a_lesson_that_lies_is_named(
    old: str, new: str, said: str, tmp_path: Path
) -> None:
    root = make(tmp_path)
    text = (root / README).read_text(encoding="utf-8")
    assert old in text
    (root / README).write_text(text.replace(old, new), encoding="utf-8")

    [complaint] = told(root)

    assert said in complaint


def told(root: Path) -> list[str]:
    lesson = root / README
    found = lessons.blocks(lesson.read_text(encoding="utf-8"))
    return [str(c) for c in lessons.complaints(README, found, lessons.run(lesson))]
