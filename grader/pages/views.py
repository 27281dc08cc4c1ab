"""What the templates are given: a course map, and an exercise with all about it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from markupsafe import Markup

from grader.course import Exercise
from grader.pages.answer import Answer, answer
from grader.pages.course_map import Link
from grader.pages.lessons import lesson
from grader.pages.marks import JUDGING
from grader.results import Results
from grader.words import count, safe_line


@dataclass(frozen=True)
class Neighbour:
    """Where to go from here."""

    id: str
    title: str
    href: str


@dataclass(frozen=True)
class View:
    """One exercise: its answer, its hints so far, its lesson, its neighbours."""

    id: str
    title: str
    chapter: str
    answer: Answer
    lesson: Markup
    hints: list[Markup]
    shown: int  # how many of the hints are open
    before: Neighbour | None
    after: Neighbour | None
    command: str

    @property
    def news(self) -> str:
        """The one sentence that is read aloud when something has changed."""
        state = f"Exercise {self.id}, {self.title}: {self.answer.mark.meaning}."
        rules = count(len(self.answer.rules), "rule")
        return f"{state} {self.answer.holds} of {rules} hold."


def view(
    results: Results, exercise: Exercise, link: Link, *, hints: int, judging: bool
) -> View:
    """Everything about `exercise`, with the first few of its hints."""
    course = results.course
    chapter = next(c for c in course.chapters if c.slug == exercise.chapter)
    known = answer(results, exercise)
    texts = [lesson(text) for text in course.hints(exercise)]
    at = list(results.exercises).index(exercise)
    around = [None, *results.exercises, None]
    return View(
        id=exercise.id,
        title=safe_line(exercise.title),
        chapter=f"Chapter {chapter.number}: {safe_line(chapter.title)}",
        answer=replace(known, mark=JUDGING) if judging else known,
        lesson=lesson(course.lesson(exercise)),
        hints=texts,
        shown=min(max(hints, 0), len(texts)),
        before=_neighbour(around[at], link),
        after=_neighbour(around[at + 2], link),
        command=safe_line(f"python -m grader {exercise.id}{results.again}"),
    )


def _neighbour(exercise: Exercise | None, link: Link) -> Neighbour | None:
    if exercise is None:
        return None
    return Neighbour(exercise.id, safe_line(exercise.title), link(exercise))
