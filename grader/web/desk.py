"""What the page knows at this moment, and who waits for news of it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator

from grader.course import Exercise
from grader.results import Results
from grader.verdict import Verdict


class Desk:
    """The verdicts so far. Every change has a number, and wakes whoever waits."""

    def __init__(self, results: Results) -> None:
        self.results = results
        self.revision = 1
        self.running: set[str] = set()  # exercises whose judging takes its time
        self._saved: Exercise | None = None
        self._everything_seen = False
        self._news = asyncio.Event()
        self._closed = False

    @property
    def current(self) -> Exercise | None:
        """What to work on: the file saved last, or else the first that is unsolved.

        None while the first round goes on, and when everything is solved.
        """
        if self._saved is not None or not self._everything_seen:
            return self._saved
        found = self.results.first_unsolved
        return found[0] if found else None

    def settle(self, verdict: Verdict) -> None:
        """Keep a verdict."""
        self.running.discard(verdict.exercise)
        self.results.fault = None
        self.results.add(verdict)
        self._tell()

    def takes_long(self, exercise: Exercise) -> None:
        """The old verdict is out of date, and the new one is not there yet."""
        self.running.add(exercise.id)
        self._tell()

    def saved(self, exercise: Exercise) -> None:
        """The learner works on this one now."""
        self._saved = exercise
        self._tell()

    def fail(self, exercise: Exercise, fault: str) -> None:
        """The grader or the course is to blame."""
        self.running.discard(exercise.id)
        self.results.fault = fault
        self._tell()

    def finish_first_round(self) -> None:
        """Every exercise has been looked at once."""
        self._everything_seen = True
        self._tell()

    def touch(self) -> None:
        """A text of the course has changed."""
        self._tell()

    def close(self) -> None:
        """No more news."""
        self._closed = True
        self._tell()

    async def revisions(self, patience: float) -> AsyncGenerator[int | None, None]:
        """The number of each change from now on; None whenever nothing happens."""
        last = 0
        while not self._closed:
            if last != self.revision:
                last = self.revision
                yield last
                continue
            try:
                async with asyncio.timeout(patience):
                    await self._news.wait()
            except TimeoutError:
                yield None

    def _tell(self) -> None:
        self.revision += 1
        self._news.set()
        self._news = asyncio.Event()
