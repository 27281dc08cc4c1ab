"""The contract of the course: what must be true of every exercise's files.

Each check takes a course and yields its complaints: the file, and the remedy. Nothing
here runs an answer; `verdicts.py` and `lessons.py` do.
"""

import ast
from collections.abc import Callable, Iterator
from pathlib import Path

from grader.course import Course
from grader.markdown import heading

from .complaint import Complaint
from .mistakes import Answer, answers, names_of_tests
from .signatures import differences, imported_names, public_names
from .trees import nothing_strays, solution_of, stems_agree

LONGEST_STUB = 40
FEWEST_WRONG, FEWEST_RIGHT = 3, 1
HINTS = range(2, 5)

Check = Callable[[Course], Iterator[Complaint]]


def lessons_exist(course: Course) -> Iterator[Complaint]:
    """Each chapter has a title and each exercise a section in its README."""
    for chapter in course.chapters:
        path = f"exercises/{chapter.slug}/README.md"
        if not heading(_read(course.root / path)):
            yield Complaint(path, "needs the chapter's title: a line `# …`")
        for exercise in chapter.exercises:
            if not course.lesson(exercise):
                yield Complaint(path, f"needs a section `## {exercise.id} …`")


def hints_exist(course: Course) -> Iterator[Complaint]:
    """Each exercise has two to four numbered hints."""
    for exercise in course.exercises:
        found = len(course.hints(exercise))
        if found not in HINTS:
            path = f"exercises/{exercise.chapter}/HINTS.md"
            wish = f"`## {exercise.id} …` needs 2 to 4 numbered hints, it has {found}"
            yield Complaint(path, wish)


def stubs_are_small_and_open(course: Course) -> Iterator[Complaint]:
    """Each stub says what is to be done, in at most 40 lines."""
    for exercise in course.exercises:
        text = _read(course.root / exercise.path)
        if "TODO" not in text:
            yield Complaint(exercise.path, "needs a comment `# TODO: …`")
        if (lines := text.count("\n")) > LONGEST_STUB:
            wish = f"has {lines} lines; cut it down to {LONGEST_STUB}"
            yield Complaint(exercise.path, wish)


def solutions_are_finished(course: Course) -> Iterator[Complaint]:
    """No solution has anything left to do, and each has a title."""
    for exercise in course.exercises:
        path = solution_of(exercise)
        if "TODO" in (text := _read(course.root / path)):
            yield Complaint(path, "still has a TODO")
        tree = _parse(text)
        if tree is None:
            yield Complaint(path, "is no Python")
        elif not ast.get_docstring(tree):
            yield Complaint(path, "needs a docstring: its first line is the title")


def signatures_agree(course: Course) -> Iterator[Complaint]:
    """What the stub defines is what the solution defines and the tests import."""
    for exercise in course.exercises:
        stub = _parse(_read(course.root / exercise.path))
        solution = _parse(_read(course.root / solution_of(exercise)))
        tests = _parse(_read(course.root / exercise.tests))
        if stub is None or solution is None or tests is None:
            yield Complaint(exercise.path, "cannot be compared: no Python, or missing")
            continue
        for difference in differences(stub, solution):
            yield Complaint(exercise.path, f"and its solution disagree: {difference}")
        for name in imported_names(tests, exercise.module) - public_names(stub):
            yield Complaint(exercise.path, f"needs `{name}`, which the tests import")


def rules_are_told(course: Course) -> Iterator[Complaint]:
    """Each test has a docstring: it is the rule that a learner reads."""
    for exercise in course.exercises:
        silent = names_of_tests(course.root / exercise.tests, with_docstring=False)
        for name in silent:
            yield Complaint(exercise.tests, f"`{name}` needs a docstring: its rule")


def mistakes_are_collected(course: Course) -> Iterator[Complaint]:
    """Each exercise has wrong answers and another right one."""
    for exercise in course.exercises:
        for kind, fewest in (("wrong", FEWEST_WRONG), ("right", FEWEST_RIGHT)):
            found = len(answers(course, exercise, kind))
            if found < fewest:
                path = f"tests/{exercise.chapter}/{kind}/{exercise.slug}"
                yield Complaint(path, f"has {found} answers; it needs {fewest}")


def mistakes_are_explained(course: Course) -> Iterator[Complaint]:
    """Each wrong answer has its name, advice, and the test that catches it."""
    for exercise in course.exercises:
        tests = set(names_of_tests(course.root / exercise.tests))
        for answer in answers(course, exercise, "wrong"):
            for wish in _wishes(answer, tests):
                yield Complaint(answer.path, wish)
        for answer in answers(course, exercise, "right"):
            if not answer.name:
                yield Complaint(answer.path, "needs a docstring that names its way")


def _wishes(answer: Answer, tests: set[str]) -> Iterator[str]:
    if not answer.name:
        yield "needs a docstring: its first line names the mistake"
    if not answer.advice:
        yield "needs advice: the second paragraph of the docstring"
    if not answer.fails:
        yield "needs a last line `Fails: test_…` in its docstring"
    for name in answer.fails:
        if name not in tests:
            yield f"names `{name}`, which is no test of this exercise"


STUB_CHECKS: tuple[Check, ...] = (stubs_are_small_and_open, signatures_agree)
CHECKS: tuple[Check, ...] = (
    stems_agree,
    nothing_strays,
    lessons_exist,
    hints_exist,
    solutions_are_finished,
    rules_are_told,
    mistakes_are_collected,
    mistakes_are_explained,
)


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.is_file() else ""


def _parse(text: str) -> ast.Module | None:
    try:
        return ast.parse(text) if text else None
    except SyntaxError:
        return None
