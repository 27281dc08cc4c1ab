"""The files of the course: which there must be, and which may not be."""

from collections.abc import Iterator
from pathlib import Path

from grader.course import Course, Exercise

from .complaint import Complaint


def stems_agree(course: Course) -> Iterator[Complaint]:
    """Each exercise has a stub, a solution and tests under the same name."""
    for exercise in course.exercises:
        for path in (exercise.path, solution_of(exercise)):
            if not (course.root / path).is_file():
                yield Complaint(path, f"is missing, but `{exercise.tests}` is there")


def nothing_strays(course: Course) -> Iterator[Complaint]:
    """There is no file that belongs to no exercise."""
    known = _known(course)
    roots = [course.root / tree for tree in ("exercises", "solutions")]
    roots += [course.root / "tests" / chapter.slug for chapter in course.chapters]
    for root in roots:
        for path in sorted(root.rglob("*")):
            relative = path.relative_to(course.root)
            if path.is_file() and not _ignored(relative) and not _fits(relative, known):
                message = "belongs to no exercise: give it an exercise's name, or go"
                yield Complaint(relative.as_posix(), message)


def solution_of(exercise: Exercise) -> str:
    """The path of the reference answer."""
    return f"solutions/{exercise.chapter}/{exercise.slug}.py"


def _known(course: Course) -> set[str]:
    """Every file that has one place; a folder stands for any Python file in it."""
    known = set()
    for exercise in course.exercises:
        tests = f"tests/{exercise.chapter}"
        known |= {exercise.path, solution_of(exercise), exercise.tests}
        known |= {f"{tests}/{kind}/{exercise.slug}" for kind in ("wrong", "right")}
        known |= {f"exercises/{exercise.chapter}/{x}.md" for x in ("README", "HINTS")}
    return known


def _fits(path: Path, known: set[str]) -> bool:
    return path.as_posix() in known or (
        path.suffix == ".py" and path.parent.as_posix() in known
    )


def _ignored(path: Path) -> bool:
    return any(part == "__pycache__" or part.startswith(".") for part in path.parts)
