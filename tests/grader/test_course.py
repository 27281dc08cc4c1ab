"""The course is what lies in the tree, whatever learners did to it."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.course import Course, CourseError, Rule
from tests.grader.samples import write, write_course


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write_course(tmp_path)


@pytest.fixture
def course(root: Path) -> Course:
    return Course.load(root)


def test_the_path_says_what_an_exercise_is(course: Course) -> None:
    exercise = course.exercises[1]

    assert [e.id for e in course.exercises] == ["1.1", "1.2", "2.1"]
    assert exercise.chapter == "ch01_asking"
    assert exercise.slug == "ex02_tell"
    assert exercise.name == "tell"
    assert exercise.title == "Tell a story"
    assert exercise.path == "exercises/ch01_asking/ex02_tell.py"
    assert exercise.tests == "tests/ch01_asking/test_ex02_tell.py"
    assert exercise.module == "exercises.ch01_asking.ex02_tell"
    assert exercise.lesson == "exercises/ch01_asking/README.md"


def test_a_chapter_takes_its_title_from_the_readme_or_else_its_folder(
    course: Course,
) -> None:
    assert [(c.id, c.number, c.name, c.title) for c in course.chapters] == [
        ("ch01", 1, "asking", "Asking"),
        ("ch02", 2, "waiting", "Waiting"),
    ]


@pytest.mark.parametrize(
    ("heading", "title"),
    [
        ("# Ask", "Ask"),
        ("# Chapter 1: Ask", "Ask"),
        ("# 1 · Ask", "Ask"),
        ("# 2 ways to ask", "2 ways to ask"),
    ],
)
def test_a_title_loses_only_the_chapters_own_number(
    root: Path, heading: str, title: str
) -> None:
    write(root, "exercises/ch01_asking/README.md", heading)

    assert Course.load(root).chapters[0].title == title


def test_the_rules_are_the_tests_docstrings_in_file_order(course: Course) -> None:
    assert course.exercises[0].rules == (
        Rule("test_answers", "`ask()` returns the answer."),
        Rule("test_takes_two_seconds", "The answer comes after 2 seconds."),
        Rule("test_leaves_nothing_behind", "Leaves nothing behind."),
    )


@pytest.mark.parametrize("tests", ["def (", "\0", "", "x = " + "(" * 5000])
def test_tests_that_cannot_be_read_hold_no_rules(root: Path, tests: str) -> None:
    write(root, "tests/ch01_asking/test_ex01_ask.py", tests)

    assert Course.load(root).exercises[0].rules == ()


def test_chapters_and_exercises_are_sorted_by_number(root: Path) -> None:
    write(root, "tests/ch10_late/test_ex10_b.py", "")
    write(root, "tests/ch10_late/test_ex9_a.py", "")

    numbers = [exercise.id for exercise in Course.load(root).exercises]

    assert numbers == ["1.1", "1.2", "2.1", "10.9", "10.10"]


def test_other_files_are_no_exercises(root: Path) -> None:
    write(root, "tests/grader/test_ex01_no.py", "")
    write(root, "tests/ch01_asking/right/test_ex03_no.py", "")
    write(root, "tests/ch01_asking/conftest.py", "")
    write(root, "tests/ch03_empty/README.md", "")
    write(root, "tests/ch04_file", "")

    assert len(Course.load(root).exercises) == 3


def test_a_learners_file_may_be_anything_at_all(root: Path) -> None:
    folder = root / "exercises/ch01_asking"
    before = Course.load(root)
    (folder / "ex01_ask.py").unlink()
    (folder / "ex01_ask.py").symlink_to("nowhere")
    (folder / "ex02_tell.py").write_bytes(b"\xff\0")
    (root / "exercises/ch02_waiting/ex01_wait_for_it.py").unlink()
    (root / "exercises/ch02_waiting").rmdir()

    after = Course.load(root)

    assert after == before
    assert [e.title for e in after.exercises] == [e.title for e in before.exercises]


def test_without_solutions_a_title_comes_from_the_name(root: Path) -> None:
    (root / "solutions/ch02_waiting/ex01_wait_for_it.py").write_bytes(b"\xff(")
    (root / "solutions/ch01_asking/ex01_ask.py").unlink()

    course = Course.load(root)

    assert course.exercises[2].title == "Wait for it"
    assert course.exercises[0].title == "Ask"


def test_readme_and_hints_may_be_missing_or_odd(root: Path) -> None:
    (root / "exercises/ch01_asking/README.md").write_bytes(b"\xff\xfe# no")
    (root / "exercises/ch01_asking/HINTS.md").unlink()
    (root / "exercises/ch01_asking/HINTS.md").mkdir()

    course = Course.load(root)

    assert course.chapters[0].title == "Asking"
    assert course.hints(course.exercises[0]) == []
    assert course.lesson(course.exercises[0]) == ""


@pytest.mark.parametrize(
    ("folder", "message"),
    [
        ("nowhere", "`nowhere` is not a course: `exercises/` is missing. "),
        ("no_tests", "`no_tests` is not a course: `tests/` is missing. "),
        ("empty", "`empty` is not a course: `tests/` holds no exercise. "),
    ],
)
def test_what_is_not_a_course_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, folder: str, message: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "no_tests/exercises").mkdir(parents=True)
    (tmp_path / "empty/exercises").mkdir(parents=True)
    (tmp_path / "empty/tests").mkdir(parents=True)

    with pytest.raises(CourseError) as caught:
        Course.load(Path(folder))

    assert str(caught.value) == message + "Try `--course DIR`."


def test_two_exercises_with_one_number_are_refused(root: Path) -> None:
    write(root, "tests/ch01_asking/test_ex02_again.py", "")

    with pytest.raises(CourseError, match=r"`1\.2` is the number of 2 exercises"):
        Course.load(root)


def test_hints_are_the_items_of_the_exercises_own_list(course: Course) -> None:
    assert course.hints(course.exercises[0]) == [
        "Read the docstring.",
        "`await` what `ask()` gives you:\n\n"
        "```python\n1. not a hint\n```\nand return it.",
    ]
    assert course.hints(course.exercises[1]) == ["Only one."]
    assert course.hints(course.exercises[2]) == []


def test_a_lesson_is_the_section_with_the_exercises_number(course: Course) -> None:
    assert course.lesson(course.exercises[0]) == (
        "Ask.\n\n```python\n## 1.2 no heading\n```"
    )
    assert course.lesson(course.exercises[1]) == "Tell."


@pytest.mark.parametrize(
    ("words", "numbers"),
    [
        ([], ["1.1", "1.2", "2.1"]),
        (["1.2"], ["1.2"]),
        (["01.02"], ["1.2"]),
        (["ch01"], ["1.1", "1.2"]),
        (["ch1"], ["1.1", "1.2"]),
        (["1"], ["1.1", "1.2"]),
        (["CH02"], ["2.1"]),
        (["ch01_asking"], ["1.1", "1.2"]),
        (["asking"], ["1.1", "1.2"]),
        (["ex02_tell"], ["1.2"]),
        (["tell"], ["1.2"]),
        (["wait-for-it"], ["2.1"]),
        (["exercises/ch01_asking/ex02_tell.py"], ["1.2"]),
        (["./tests/ch01_asking/test_ex02_tell.py"], ["1.2"]),
        (["exercises\\ch01_asking\\ex02_tell.py"], ["1.2"]),
        (["/home/ada/kata/solutions/ch02_waiting/"], ["2.1"]),
        (["2.1", "1.1"], ["1.1", "2.1"]),
        (["1", "1.2", "tell"], ["1.1", "1.2"]),
        (["tel"], ["1.2"]),
        (["for_it"], ["2.1"]),
        (["wait-for"], ["2.1"]),
        (["ask"], ["1.1"]),
        (["waiti"], ["2.1"]),
    ],
)
def test_exercises_are_selected_by_any_of_their_names(
    course: Course, words: list[str], numbers: list[str]
) -> None:
    assert [exercise.id for exercise in course.select(words)] == numbers


@pytest.mark.parametrize(
    ("word", "advice"),
    [
        ("te", ". Did you mean `python -m grader tell`?"),
        ("tall", ". Did you mean `python -m grader tell`?"),
        ("wait_for_him", ". Did you mean `python -m grader wait_for_it`?"),
        (
            "exercises/ch01_asking/ex02_tall.py",
            ". Did you mean `python -m grader ex02_tell`?",
        ),
        ("1.7", ": its chapter ends with 1.2. Try `python -m grader list`."),
        ("7.1", ". Did you mean `python -m grader 2.1`?"),
        ("xyz", ". `python -m grader list` shows them all."),
        ("", ". `python -m grader list` shows them all."),
        ("/", ". `python -m grader list` shows them all."),
    ],
)
def test_an_unknown_name_gets_a_suggestion(
    course: Course, word: str, advice: str
) -> None:
    with pytest.raises(CourseError) as caught:
        course.select([word])

    assert str(caught.value) == f"`{word}` is no exercise of this course{advice}"


@pytest.mark.parametrize(
    ("word", "sentence"),
    [
        ("ing", "`ing` may mean `ask` (1.1), `tell` (1.2), `wait_for_it` (2.1). "),
        ("ex01", "`ex01` may mean `ask` (1.1), `wait_for_it` (2.1). "),
    ],
)
def test_a_part_of_several_names_is_refused(
    course: Course, word: str, sentence: str
) -> None:
    with pytest.raises(CourseError) as caught:
        course.select([word])

    assert str(caught.value) == sentence + "Type more of the name."
