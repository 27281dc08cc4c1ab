"""The verdicts of one run, as far as they are known."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from grader.course import Chapter, Course, Exercise
from grader.stubs import is_stub
from grader.verdict import Verdict


@dataclass
class Results:
    """What was asked for and what is known.

    `answers` is how to call the folder that is judged, `answer` the one file that
    stands in for one of its answers, `place` what was typed to name the course.
    `fault` says what is wrong with the grader or the course itself, if anything is.
    `changed` names, by an exercise's number, what is newer than the answer to it.
    """

    course: Course
    exercises: Sequence[Exercise]
    answers: str = "exercises"
    answer: str | None = None
    place: str = ""
    verdicts: dict[str, Verdict] = field(default_factory=dict)
    seconds: float = 0.0
    interrupted: bool = False
    fault: str | None = None
    changed: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def add(self, verdict: Verdict) -> None:
        """Keep `verdict`. What nobody has begun is not called a failure."""
        if verdict.status in ("failing", "timeout") and self._untouched(verdict):
            verdict = replace(verdict, status="todo", mistake=None)
        self.verdicts[verdict.exercise] = verdict

    def _untouched(self, verdict: Verdict) -> bool:
        found = [e for e in self.exercises if e.id == verdict.exercise]
        return any(is_stub(exercise, self.file(exercise)) for exercise in found)

    def file(self, exercise: Exercise) -> Path:
        """Where the judged answer to `exercise` lies."""
        if self.answer:
            return Path(self.answer)
        path = Path(self.answers, exercise.chapter, f"{exercise.slug}.py")
        inside = self.course.root / path
        return inside if inside.parent.is_dir() else path

    def verdict(self, exercise: Exercise) -> Verdict | None:
        """What is known of `exercise`."""
        return self.verdicts.get(exercise.id)

    def passed(self, exercises: Sequence[Exercise]) -> int:
        """How many of `exercises` are known to be solved."""
        return sum(self.is_passed(exercise) for exercise in exercises)

    def is_passed(self, exercise: Exercise) -> bool:
        """Whether `exercise` is known to be solved."""
        verdict = self.verdict(exercise)
        return verdict is not None and verdict.status == "passed"

    @property
    def judged(self) -> str:
        """What is judged: a folder or a file."""
        return self.answer or self.answers

    @property
    def elsewhere(self) -> str:
        """The option that names the course again, if it was named."""
        return f" --course {shlex.quote(self.place)}" if self.place else ""

    @property
    def options(self) -> str:
        """The options with which to ask about the same answers again."""
        if self.answers == "exercises":
            return self.elsewhere
        return f"{self.elsewhere} --answers {shlex.quote(self.answers)}"

    @property
    def again(self) -> str:
        """The options with which to ask for the same judgement again."""
        if self.answer is None:
            return self.options
        return f"{self.options} --answer {shlex.quote(self.answer)}"

    @property
    def complete(self) -> bool:
        """Whether every exercise has its verdict."""
        return all(self.verdict(exercise) for exercise in self.exercises)

    @property
    def all_passed(self) -> bool:
        """Whether every exercise is solved."""
        return all(map(self.is_passed, self.exercises))

    @property
    def chapters(self) -> list[tuple[Chapter, list[Exercise]]]:
        """The chapters that were asked for, each with its exercises."""
        wanted = set(self.exercises)
        pairs = [
            (chapter, [e for e in chapter.exercises if e in wanted])
            for chapter in self.course.chapters
        ]
        return [(chapter, exercises) for chapter, exercises in pairs if exercises]

    @property
    def first_unsolved(self) -> tuple[Exercise, Verdict] | None:
        """The first exercise that was judged and is not solved."""
        for exercise in self.exercises:
            verdict = self.verdict(exercise)
            if verdict is not None and verdict.status != "passed":
                return exercise, verdict
        return None

    @property
    def current(self) -> Exercise | None:
        """The first exercise that is not solved, once all before it are judged."""
        unsolved = (e for e in self.exercises if not self.is_passed(e))
        exercise = next(unsolved, None)
        return exercise if exercise and self.verdict(exercise) else None

    @property
    def virtual_seconds(self) -> float:
        """How long all of this would have taken without the virtual clock."""
        return sum(verdict.virtual_seconds for verdict in self.verdicts.values())
