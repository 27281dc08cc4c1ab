"""How things stand, as a character, a word for the style sheet, and a phrase."""

from __future__ import annotations

from dataclasses import dataclass

from grader.course import Exercise
from grader.overview import MARKS
from grader.results import Results
from grader.verdict import TestStatus


@dataclass(frozen=True)
class Mark:
    """Marks differ in shape, not only in colour, and are read aloud by `meaning`."""

    kind: str
    character: str
    meaning: str


JUDGING = Mark("judging", "…", "being judged")
_UNKNOWN = Mark("unknown", "·", "not judged yet")
RULES: dict[TestStatus, Mark] = {
    "passed": Mark("passed", "●", "holds"),
    "failed": Mark("failing", "✗", "broken"),
    "todo": Mark("todo", "○", "still to do"),
    "not_run": Mark("unknown", "·", "not reached"),
}


def mark(results: Results, exercise: Exercise) -> Mark:
    """How an exercise stands."""
    verdict = results.verdict(exercise)
    if verdict is None:
        return _UNKNOWN
    character, _, meaning = MARKS[verdict.status]
    return Mark(verdict.status, character, meaning)
