"""What is known of an exercise: the words in which worker, report and tools speak.

Everything here is frozen and turns into plain JSON with `to_json()` and back with
`from_json()`. Times are seconds; *virtual* seconds are those of the lab's clock.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import Any, Literal

Status = Literal[
    "passed", "failing", "todo", "broken", "timeout", "crashed", "tampered"
]
TestStatus = Literal["passed", "failed", "todo", "not_run"]
Doing = Literal["sleep", "io", "wait", "frozen"]
Ending = Literal["done", "cancelled", "error", "pending"]


@dataclass(frozen=True)
class Line:
    """A line of the learner's code: `path` is relative to the course if it can be."""

    path: str
    line: int
    source: str = ""
    function: str = ""


@dataclass(frozen=True)
class Span:
    """What a task waited for, from `start` to `end` (virtual seconds)."""

    start: float
    end: float
    doing: Doing
    what: str = ""
    line: int | None = None


@dataclass(frozen=True)
class Row:
    """One task's life on the timeline; `end` is None while it is pending."""

    task: str
    start: float
    end: float | None
    ending: Ending
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True)
class TestVerdict:
    """What one test said.

    `rule` is the test's docstring. `message` says in plain words what went wrong;
    `where` lists the learner's lines, the decisive one last. `printed` is what the
    learner's code printed, cut to a screenful.
    """

    __test__ = False  # not a test class, whatever its name suggests to pytest

    name: str
    rule: str
    status: TestStatus = "not_run"
    message: str | None = None
    where: tuple[Line, ...] = ()
    printed: str = ""
    virtual_seconds: float | None = None
    timeline: tuple[Row, ...] | None = None


@dataclass(frozen=True)
class Mistake:
    """A typical mistake that an answer seems to make, and what to do about it."""

    name: str
    advice: str


@dataclass(frozen=True)
class Verdict:
    """What the tests of one exercise said: every test is listed, in file order.

    `seconds` is real time. `message` and `where` speak of the exercise as a whole:
    why it is broken, crashed or timed out; None when the tests speak for themselves.
    """

    exercise: str  # its number, such as "4.2"
    status: Status
    tests: tuple[TestVerdict, ...] = ()
    seconds: float = 0.0
    message: str | None = None
    where: tuple[Line, ...] = ()
    mistake: Mistake | None = None  # if one is recognised

    @property
    def first_failure(self) -> TestVerdict | None:
        """The first test that did not pass, which is the one to show."""
        return next((t for t in self.tests if t.status in ("failed", "todo")), None)

    @property
    def virtual_seconds(self) -> float:
        """Virtual seconds that all tests took together."""
        return sum(t.virtual_seconds or 0.0 for t in self.tests)


def to_json(value: Any) -> Any:
    """Turn dataclasses (nested, in tuples) into dicts and lists."""
    return dataclasses.asdict(value)


def line_from_json(data: dict[str, Any]) -> Line:
    return Line(**data)


def row_from_json(data: dict[str, Any]) -> Row:
    spans = tuple(Span(**span) for span in data["spans"])
    return Row(**{**data, "spans": spans})


def test_from_json(data: dict[str, Any]) -> TestVerdict:
    """The inverse of `to_json(TestVerdict(...))`."""
    timeline = data.get("timeline")
    return TestVerdict(
        **{
            **data,
            "where": tuple(map(line_from_json, data.get("where", ()))),
            "timeline": None
            if timeline is None
            else tuple(map(row_from_json, timeline)),
        }
    )
