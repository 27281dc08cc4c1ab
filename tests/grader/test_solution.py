"""`solution`: the reference after a pass, and how the answer differs from it."""

from __future__ import annotations

from pathlib import Path

import pytest
from rich.console import Console

from grader.course import Course, Exercise
from grader.formats.text_report import as_text
from grader.solution import solution
from tests.grader.goldens import compare
from tests.grader.samples import ASK, write, write_course

REFERENCE = '''\
"""Ask a question.

`await` the question: a call alone
asks nobody.

    >>> await ask()

Do not block.
"""

import asyncio


async def ask() -> str:
    await asyncio.sleep(2)
    return "answer"
'''
MINE = '''\
"""Ask a question, then wait for the answer."""

import asyncio
import time


async def ask() -> str:
    time.sleep(2)  # [bold]\x1b[31m
    return "answer"
'''


@pytest.fixture
def exercise(tmp_path: Path) -> Exercise:
    write_course(tmp_path)
    write(tmp_path, ASK.replace("exercises", "solutions"), REFERENCE)
    write(tmp_path, ASK, MINE)
    return Course.load(tmp_path).exercises[0]


def shown(exercise: Exercise, width: int = 80) -> str:
    return as_text(solution(exercise, exercise.root / ASK, ASK), width)


@pytest.mark.parametrize("width", [80, 40])
def test_the_reference_is_explained_and_compared(
    exercise: Exercise, width: int
) -> None:
    compare(f"solution-{width}", shown(exercise, width))


def test_the_same_code_in_other_words_does_not_differ(exercise: Exercise) -> None:
    write(exercise.root, ASK, REFERENCE.replace("Do not block.", "TODO"))

    assert shown(exercise).endswith("\n  Nothing: they are the same.\n")


def test_an_answer_that_is_no_python_is_compared_as_it_is(exercise: Exercise) -> None:
    write(exercise.root, ASK, "async def ask(:\n")

    assert "\n  -async def ask(:\n" in shown(exercise)


def test_without_an_answer_there_is_only_the_reference(exercise: Exercise) -> None:
    (exercise.root / ASK).unlink()

    assert "to the reference" not in shown(exercise)


def test_code_is_coloured_on_a_terminal(exercise: Exercise) -> None:
    console = Console(force_terminal=True, width=80, _environ={"TERM": "xterm"})

    with console.capture() as captured:
        console.print(solution(exercise, exercise.root / ASK, ASK))

    assert "\x1b[34masync\x1b[0m" in captured.get() or "async\x1b[0m" in captured.get()
    assert "\x1b[32m+" in captured.get()
    assert "\x1b[31m-" in captured.get()
