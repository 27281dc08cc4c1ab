"""The course, found in the tree: its chapters, exercises, rules and hints.

The path is the only key: `tests/ch01_first_steps/test_ex02_call_is_not_run.py` is
exercise 1.2. Exercises are found by their tests, which learners do not edit, and no
learner's file is ever opened here: it may be missing, broken or hostile.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from grader import sources
from grader.errors import CourseError as CourseError
from grader.markdown import heading, numbered_items, section
from grader.selection import select
from grader.sources import Rule as Rule

_CHAPTER = re.compile(r"ch(\d+)_(\w+)")
_TESTS = re.compile(r"test_(ex(\d+)_(\w+))\.py")


@dataclass(frozen=True)
class Exercise:
    """One exercise; `chapter` is its chapter's slug, paths are relative to `root`."""

    root: Path = field(repr=False)
    chapter: str  # "ch01_first_steps"
    id: str  # "1.2"
    slug: str  # "ex02_call_is_not_run"

    @property
    def name(self) -> str:
        """Its slug without the number: `call_is_not_run`."""
        return self.slug.partition("_")[2]

    @property
    def path(self) -> str:
        """The file that the learner edits."""
        return f"exercises/{self.chapter}/{self.slug}.py"

    @property
    def tests(self) -> str:
        """The file of its tests."""
        return f"tests/{self.chapter}/test_{self.slug}.py"

    @property
    def lesson(self) -> str:
        """The file in which its lesson stands."""
        return f"exercises/{self.chapter}/README.md"

    @property
    def module(self) -> str:
        """The name under which its tests import the answer."""
        return f"exercises.{self.chapter}.{self.slug}"

    @cached_property
    def title(self) -> str:
        """First line of the reference answer's docstring, which nobody breaks."""
        title = sources.title(self.root / "solutions" / self._file)
        return title or self.name.replace("_", " ").capitalize()

    @cached_property
    def rules(self) -> tuple[Rule, ...]:
        """What its tests demand, in the order of the test file."""
        return sources.rules(self.root / self.tests)

    @property
    def _file(self) -> str:
        return f"{self.chapter}/{self.slug}.py"


@dataclass(frozen=True)
class Chapter:
    """A chapter: its number, folder, title and exercises."""

    id: str  # "ch01"
    slug: str  # "ch01_first_steps"
    title: str
    exercises: tuple[Exercise, ...]

    @property
    def number(self) -> int:
        return int(self.id.removeprefix("ch"))

    @property
    def name(self) -> str:
        """Its slug without the number: `first_steps`."""
        return self.slug.partition("_")[2]


@dataclass(frozen=True)
class Course:
    """All chapters under `root`, a folder with `exercises/`, `solutions/`, `tests/`."""

    root: Path
    chapters: tuple[Chapter, ...]

    @property
    def exercises(self) -> tuple[Exercise, ...]:
        """Every exercise, in the order of the course."""
        return tuple(e for chapter in self.chapters for e in chapter.exercises)

    @classmethod
    def load(cls, root: Path) -> Course:
        """Find the course under `root`, or say in a CourseError why there is none."""
        for folder in ("exercises", "tests"):
            if not (root / folder).is_dir():
                missing = f"`{root}` is not a course: `{folder}/` is missing."
                raise CourseError(f"{missing} Try `--course DIR`.")
        chapters = tuple(_chapters(root))
        if not chapters:
            empty = f"`{root}` is not a course: `tests/` holds no exercise."
            raise CourseError(f"{empty} Try `--course DIR`.")
        course = cls(root, chapters)
        _check_numbers(course.exercises)
        return course

    def select(self, words: Sequence[str]) -> list[Exercise]:
        """The exercises that `words` name, in course order; all if there are none."""
        return select(self, words)

    def hints(self, exercise: Exercise) -> list[str]:
        """The hints of an exercise, weakest first."""
        hints = sources.read(self.root / "exercises" / exercise.chapter / "HINTS.md")
        return numbered_items(section(hints, exercise.id))

    def lesson(self, exercise: Exercise) -> str:
        """The exercise's section of its chapter's README, without its heading."""
        return section(sources.read(self.root / exercise.lesson), exercise.id)


def _chapters(root: Path) -> Iterator[Chapter]:
    found = [(m, p) for p in _children(root / "tests") if (m := _match(_CHAPTER, p))]
    for match, folder in sorted(found, key=lambda pair: int(pair[0][1])):
        exercises = tuple(_exercises(root, folder, int(match[1])))
        if exercises:
            title = _chapter_title(root / "exercises" / folder.name, match)
            yield Chapter(f"ch{match[1]}", folder.name, title, exercises)


def _chapter_title(folder: Path, name: re.Match[str]) -> str:
    """The README's `#` without the chapter's number, or else the folder's name."""
    number = rf"^(chapter\s+)?0*{int(name[1])}\s*[.:·—–-]?\s+"
    title = re.sub(
        number, "", heading(sources.read(folder / "README.md")), flags=re.IGNORECASE
    )
    return title or name[2].replace("_", " ").capitalize()


def _exercises(root: Path, folder: Path, chapter: int) -> Iterator[Exercise]:
    found = [m for path in _children(folder) if (m := _match(_TESTS, path))]
    for match in sorted(found, key=lambda match: int(match[2])):
        yield Exercise(root, folder.name, f"{chapter}.{int(match[2])}", match[1])


def _match(pattern: re.Pattern[str], path: Path) -> re.Match[str] | None:
    return pattern.fullmatch(path.name)


def _children(folder: Path) -> list[Path]:
    try:
        return sorted(folder.iterdir())
    except OSError:
        return []


def _check_numbers(exercises: Iterable[Exercise]) -> None:
    for number, count in Counter(e.id for e in exercises).items():
        if count > 1:
            raise CourseError(f"`{number}` is the number of {count} exercises.")
