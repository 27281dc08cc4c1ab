"""The code in the lessons prints what the lessons show."""

import pytest

from grader.course import Exercise

from .conftest import COURSE
from .lessons import Printed, blocks, complaints, run_all

pytestmark = [pytest.mark.real_loop, pytest.mark.timeout(300)]


@pytest.fixture(scope="module")
def printed() -> dict[str, dict[int, Printed]]:
    """All lessons, run once."""
    return run_all(COURSE)


@pytest.mark.parametrize("exercise", COURSE.exercises, ids=lambda e: e.id)
def test_lesson(exercise: Exercise, printed: dict[str, dict[int, Printed]]) -> None:
    text = (COURSE.root / exercise.lesson).read_text(encoding="utf-8")
    mine = [block for block in blocks(text) if block.exercise == exercise.id]
    found = complaints(exercise.lesson, mine, printed[exercise.chapter])
    if told := "\n".join(map(str, found)):
        pytest.fail(told, pytrace=False)
