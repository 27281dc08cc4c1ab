"""What the lab says when an answer gets stuck, leaks or blocks: words for learners."""

from __future__ import annotations

from grader.verdict import Line


class LabError(BaseException):
    """`message` is for the learner; `where` has their lines, the decisive one last."""

    message: str
    where: tuple[Line, ...]

    def __init__(self, message: str, where: tuple[Line, ...] = ()) -> None:
        super().__init__(message)
        self.message = message
        self.where = where


class Stuck(LabError):  # noqa: N818
    """The loop cannot go on. A BaseException: `except Exception` must not eat it."""


class Deadlock(Stuck):
    """Every task waits for something that can no longer happen."""


class BusyLoop(Stuck):
    """The loop turns and turns while the clock stands still."""


class TimeBudget(Stuck):
    """The program goes on for ever in virtual time."""


class Leak(LabError, AssertionError):  # noqa: N818
    """Something outlived the test, or went wrong without anybody looking."""


class Blocking(LabError, AssertionError):  # noqa: N818
    """A call on the loop's thread that waits for another thread, perhaps for ever."""


class StuckExample(Leak):
    """`Stuck` for Hypothesis, which shrinks only what is an Exception."""
