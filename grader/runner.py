"""Runs exercises, several at a time, and says one verdict on each.

Verdicts live here, in the parent: whatever an answer does to its own process, it can
only spoil its own verdict.
"""

from __future__ import annotations

import asyncio
import contextlib
import tempfile
from collections.abc import AsyncGenerator, Sequence
from pathlib import Path
from typing import Self

from grader.course import Exercise
from grader.crew import Case as Case
from grader.crew import Crew, FaultError
from grader.crew import LoopMode as LoopMode
from grader.crew import RunnerError as RunnerError
from grader.crew import Settings as Settings
from grader.verdict import Verdict


async def run(
    exercises: Sequence[Exercise], settings: Settings
) -> AsyncGenerator[Verdict, None]:
    """One verdict per exercise, in the order of their completion.

    Raises RunnerError once all others are known if the course itself is at fault.
    """
    cases = [Case(exercise, settings.answer) for exercise in exercises]
    async with contextlib.aclosing(run_cases(cases, settings)) as verdicts:
        async for _, verdict in verdicts:
            yield verdict


async def run_cases(
    cases: Sequence[Case], settings: Settings
) -> AsyncGenerator[tuple[Case, Verdict], None]:
    """`run()` for any number of answers to each exercise."""
    async with (
        Runner(settings) as runner,
        contextlib.aclosing(runner.run_cases(cases)) as verdicts,
    ):
        async for pair in verdicts:
            yield pair


class Runner:
    """Keeps the worker warm from one run to the next: `async with Runner(settings)`.

    Runs may overlap. A run that is closed or cancelled ends what it had started.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._jobs = asyncio.Semaphore(settings.jobs)
        self._folder = tempfile.TemporaryDirectory(
            prefix="kata-", ignore_cleanup_errors=True
        )
        self._crew = Crew(settings, Path(self._folder.name))

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._crew.close()
        self._folder.cleanup()

    async def warm_up(self) -> None:
        """Start the worker now: it needs half a second before its first verdict."""
        await self._crew.warm_up()

    async def run_cases(
        self, cases: Sequence[Case]
    ) -> AsyncGenerator[tuple[Case, Verdict], None]:
        """One verdict per case, in the order of their completion."""
        self._crew.take_heart()
        tasks = [asyncio.create_task(self._judge(case)) for case in cases]
        faults: list[RunnerError] = []
        try:
            for task in asyncio.as_completed(tasks):
                try:
                    yield await task
                except FaultError as fault:
                    faults.append(fault)
        finally:
            for pending in tasks:
                pending.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
        if faults:
            raise faults[0]

    async def _judge(self, case: Case) -> tuple[Case, Verdict]:
        async with self._jobs:
            return case, await self._crew.judge(case)
