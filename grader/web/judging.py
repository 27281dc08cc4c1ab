"""Keeps the verdicts true: judges everything once, and then whatever is saved."""

from __future__ import annotations

import asyncio
import contextlib
from collections import deque
from collections.abc import AsyncGenerator, Callable, Mapping
from dataclasses import replace
from pathlib import Path

from grader.course import Exercise
from grader.mistakes import Recogniser
from grader.runner import Case, Runner, RunnerError
from grader.web.desk import Desk

Saves = Callable[[], AsyncGenerator[set[Path], None]]

_AT_ONCE = 0.4  # seconds that a verdict may take before the page says that it runs


class Judging:
    """At most one run per exercise: a new save gives up the run of an older text."""

    def __init__(
        self, desk: Desk, runner: Runner, jobs: int, files: Mapping[str, Path]
    ) -> None:
        """`files` are the answers, by the numbers of their exercises."""
        self._desk = desk
        self._runner = runner
        self._jobs = jobs
        self._files = files
        self._runs: dict[str, asyncio.Task[None]] = {}
        self._recogniser = Recogniser(runner.run_cases, None)

    async def keep_up(self, saves: Saves) -> None:
        """Judge everything, and again whatever is saved, until cancelled."""
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(self._follow(saves))
                group.create_task(self._first_round())
        finally:
            for run in self._runs.values():
                run.cancel()
            await asyncio.gather(*self._runs.values(), return_exceptions=True)

    async def _follow(self, saves: Saves) -> None:
        """What is no answer is a text of the course, which the page shows anew."""
        exercises = {self._files[e.id]: e for e in self._desk.results.exercises}
        async with contextlib.aclosing(saves()) as every:
            async for changed in every:
                for path in sorted(changed):
                    if exercise := exercises.get(path):
                        self._desk.saved(exercise)
                        self._judge(exercise)
                    else:
                        self._desk.touch()

    async def _first_round(self) -> None:
        """A few at a time, so that a save never waits behind all the others."""
        exercises = self._desk.results.exercises
        waiting = deque(exercises)

        async def work() -> None:
            while waiting:
                exercise = waiting.popleft()
                if exercise.id not in self._runs:
                    await asyncio.wait([self._judge(exercise, name=False)])

        async with asyncio.TaskGroup() as group:
            for _ in range(self._jobs):
                group.create_task(work())
        self._desk.finish_first_round()
        for exercise in exercises:
            await self._name_mistake(exercise)

    def _judge(self, exercise: Exercise, *, name: bool = True) -> asyncio.Task[None]:
        if (older := self._runs.get(exercise.id)) is not None:
            older.cancel()
        run = asyncio.create_task(self._run(exercise, name=name))
        self._runs[exercise.id] = run
        return run

    async def _run(self, exercise: Exercise, *, name: bool) -> None:
        loop = asyncio.get_running_loop()
        late = loop.call_later(_AT_ONCE, self._desk.takes_long, exercise)
        try:
            async with contextlib.aclosing(
                self._runner.run_cases([Case(exercise)])
            ) as verdicts:
                async for _, verdict in verdicts:
                    self._desk.settle(verdict)
        except RunnerError as error:
            self._desk.fail(exercise, str(error))
        finally:
            late.cancel()
        if name:
            await self._name_mistake(exercise)

    async def _name_mistake(self, exercise: Exercise) -> None:
        """Add it to the verdict, unless there is a newer one by then."""
        results, file = self._desk.results, self._files[exercise.id]
        if (verdict := results.verdict(exercise)) is None:
            return
        mistake = await self._recogniser.recognise(exercise, verdict, file)
        if mistake is not None and results.verdict(exercise) is verdict:
            self._desk.settle(replace(verdict, mistake=mistake))
