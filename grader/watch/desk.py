"""Has answers judged: the one that is looked at at once, all others in their turn."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

from grader.course import Exercise
from grader.mistakes import Recogniser
from grader.runner import Case, Runner, RunnerError
from grader.saves import stamp
from grader.verdict import Verdict

Report = Callable[[Exercise, Verdict | RunnerError], None]
_GRACE = 0.03  # seconds that a file may stay half written before we call it broken


@dataclass
class Desk:
    """One task per exercise; a verdict is reported only while its file is the same.

    With `early`, a failure is reported at once, and again when its mistake has a name.
    """

    runner: Runner
    group: asyncio.TaskGroup
    file: Callable[[Exercise], Path]
    report: Report
    jobs: int
    early: bool
    _tasks: dict[Exercise, asyncio.Task[None]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._turns = asyncio.Semaphore(self.jobs)
        self._recogniser = Recogniser(self.runner.run_cases)

    def ask(self, exercise: Exercise, *, now: bool = False) -> None:
        """Judge `exercise` as it is; whoever was still at it is called off."""
        if before := self._tasks.get(exercise):
            before.cancel()
        judging = self._look_closely(exercise) if now else self._in_turn(exercise)
        self._tasks[exercise] = self.group.create_task(judging)

    async def verdict(self, case: Case) -> Verdict | RunnerError:
        """What the runner says of one case, or why it cannot say anything."""
        try:
            [verdict] = [v async for _, v in self.runner.run_cases([case])]
        except RunnerError as error:
            return error
        return verdict

    async def _in_turn(self, exercise: Exercise) -> None:
        async with self._turns:
            self.report(exercise, await self._judge(exercise))

    async def _look_closely(self, exercise: Exercise) -> None:
        found = await self._judge(exercise)
        if isinstance(found, RunnerError) or found.status == "passed":
            self.report(exercise, found)
            return
        if self.early:
            self.report(exercise, found)
            await asyncio.sleep(0)  # it is drawn before we go on
        file = self.file(exercise)
        before = stamp(file)
        mistake = await self._recogniser.recognise(exercise, found, file)
        if stamp(file) == before and (mistake or not self.early):
            self.report(exercise, replace(found, mistake=mistake))

    async def _judge(self, exercise: Exercise) -> Verdict | RunnerError:
        """Judge again and again until nobody has saved the file in the meantime."""
        loop = asyncio.get_running_loop()
        while True:
            before = stamp(self.file(exercise))
            whole = loop.time() + _GRACE
            found = await self.verdict(Case(exercise))
            if isinstance(found, Verdict) and found.status == "broken":
                await asyncio.sleep(whole - loop.time())
            if stamp(self.file(exercise)) == before:
                return found
