"""Which exercise is shown, and which keys a terminal has sent."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.course import Course
from grader.results import Results
from grader.watch.keys import letters
from grader.watch.state import State

from .samples import failing, passed, todo, write_course


@pytest.fixture
def state(tmp_path: Path) -> State:
    course = Course.load(write_course(tmp_path))
    return State(Results(course, course.exercises), course.exercises)


def test_the_first_unsolved_is_shown_as_soon_as_it_is_sure(state: State) -> None:
    one, two, _ = state.results.exercises
    shown = []
    for exercise, verdict in ((two, failing("1.2")), (one, passed("1.1"))):
        state.add(exercise, verdict)
        state.find_first()
        shown.append(state.current)

    assert shown == [None, two]


def test_when_all_are_solved_there_is_the_summary(state: State) -> None:
    for exercise in state.results.exercises:
        state.add(exercise, passed(exercise.id))
    state.find_first()

    assert (state.current, state.panel) == (state.results.exercises[-1], "summary")
    assert state.following is None


def test_a_chapter_that_is_solved_is_not_the_course(state: State) -> None:
    state.scope = state.results.exercises[:1]
    state.add(state.scope[0], passed("1.1"))
    state.find_first()

    assert (state.current, state.panel) == (state.scope[0], "")


def test_one_goes_on_to_the_unsolved_and_from_the_last_to_the_top(state: State) -> None:
    one, two, three = state.results.exercises
    state.add(two, passed("1.2"))
    state.show(one)
    shown = []
    for _ in range(3):
        state.go_on()
        shown.append(state.current)

    assert shown == [three, one, three]


def test_what_was_saved_is_shown_unless_it_was_many(state: State) -> None:
    one, two, three = state.results.exercises
    state.show(one)

    state.follow({two, three})
    assert state.current == one
    state.follow({three})
    assert state.current == three
    state.follow({one, three})
    assert state.current == three


def test_a_save_makes_history_of_verdicts_but_leaves_the_hints(state: State) -> None:
    one, two, _ = state.results.exercises
    state.show(one)
    state.add(one, failing("1.1"))
    state.add(two, todo("1.2"))
    state.hints, state.panel = [(1, "Look.")], "list"

    state.forget({one})
    assert (state.verdict, state.panel, state.known) == (None, "", 1)
    assert state.hints == [(1, "Look.")]
    state.add(one, passed("1.1"))
    assert not state.hints


@pytest.mark.parametrize(
    ("data", "keys"),
    [
        (b"h", "h"),
        (b"Qn", "qn"),
        (b"\x1b[A\x1bOPq\x1b[1;5Ch\x1bx", "qh"),
        (b"\xc3\xa9\xff", "é"),
        (b"\x1b", ""),
    ],
)
def test_arrows_and_the_like_are_no_letters(data: bytes, keys: str) -> None:
    assert letters(data) == keys
