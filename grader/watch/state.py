"""What the one who watches sees: one exercise at a time, and how far they have come."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Literal

from grader.course import Exercise
from grader.results import Results
from grader.verdict import Verdict

Panel = Literal["", "list", "trace", "summary"]
Hints = Sequence[tuple[int, str]]


@dataclass
class State:
    """All that is on the screen. `scope` is where to look for the first exercise.

    `results` knows the verdicts, and for an exercise that is being judged again, none.
    `faults` says of which exercises the tests themselves cannot be run, `references`
    knows what the tests say of the solutions that traces are compared with.
    """

    results: Results
    scope: Sequence[Exercise]
    current: Exercise | None = None
    panel: Panel = ""
    hints: Hints = ()
    faults: dict[Exercise, str] = field(default_factory=dict)
    references: dict[Exercise, Verdict] = field(default_factory=dict)
    judged_at: str = ""

    @property
    def verdict(self) -> Verdict | None:
        """What is known of the exercise that is shown."""
        return self.results.verdict(self.current) if self.current else None

    @property
    def fault(self) -> str | None:
        """Why the tests of the exercise that is shown cannot be run."""
        return self.faults.get(self.current) if self.current else None

    @property
    def known(self) -> int:
        """How many exercises have been judged."""
        return sum(self._is_known(exercise) for exercise in self.results.exercises)

    def add(self, exercise: Exercise, verdict: Verdict) -> None:
        """Keep what was found out. Hints are of no use any more after a pass."""
        self.results.add(verdict)
        every = self.results.verdicts.values()
        self.results.seconds = sum(verdict.seconds for verdict in every)
        if exercise == self.current and self.results.is_passed(exercise):
            self.hints = ()

    def forget(self, exercises: Collection[Exercise]) -> None:
        """Their files have changed: whatever was known of them is history."""
        for exercise in exercises:
            self.results.verdicts.pop(exercise.id, None)
            self.faults.pop(exercise, None)
        if self.current in exercises:
            self.panel = ""

    def show(self, exercise: Exercise | None) -> None:
        """Turn to `exercise`."""
        if exercise != self.current:
            self.current, self.hints = exercise, ()
        self.panel = ""

    def follow(self, saved: Collection[Exercise]) -> None:
        """Turn to what was saved. Many files at once, as after a pull, are no hint."""
        if self.current not in saved and len(saved) == 1:
            self.show(*saved)

    def find_first(self) -> None:
        """Turn to the first unsolved exercise, once it is sure which one that is."""
        unsolved = [e for e in self.scope if not self.results.is_passed(e)]
        if not unsolved:
            self.show(self.scope[-1])
            self.panel = "summary" if self.results.all_passed else ""
        elif self._is_known(unsolved[0]):
            self.show(unsolved[0])

    @property
    def following(self) -> Exercise | None:
        """The next unsolved exercise after the current one, or else the first."""
        every = list(self.results.exercises)
        here = every.index(self.current) + 1 if self.current else 0
        others = (e for e in every[here:] + every[:here] if e != self.current)
        return next((e for e in others if not self.results.is_passed(e)), None)

    def go_on(self) -> None:
        """Turn to the next unsolved exercise; after the last there is the summary."""
        if self.following is not None:
            self.show(self.following)
        elif self.results.all_passed:
            self.panel = "summary"

    def toggle(self, panel: Panel) -> None:
        """Open a panel, or close it again."""
        self.panel = "" if self.panel == panel else panel

    def _is_known(self, exercise: Exercise) -> bool:
        return exercise in self.faults or self.results.verdict(exercise) is not None
