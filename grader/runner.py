"""Runs exercises, several at a time, and says one verdict on each.

Verdicts live here, in the parent: whatever an answer does to its own process, it can
only spoil its own verdict.
"""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import os
import tempfile
import time
from collections.abc import AsyncGenerator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from grader.course import Exercise
from grader.evidence import Evidence, Judge
from grader.observe import observe
from grader.verdict import Verdict
from grader.warm import WarmWorker
from grader.workers import STACK_SIGNAL, Process, Spawner, WorkerLostError, Workers

LoopMode = Literal["plain", "debug", "eager"]


class RunnerError(Exception):
    """The grader or the course is at fault, not an answer."""


@dataclass(frozen=True)
class Settings:
    """What is judged, and how far an answer may go."""

    root: Path
    answers: Path  # a folder, seen from `root`
    answer: Path | None = None  # a file, seen from where we are
    limit: float = 10.0  # real seconds for each exercise
    jobs: int = 2
    memory: int = 1024  # MiB above what a process has at the start
    fork: bool = hasattr(os, "fork")


@dataclass(frozen=True)
class Case:
    """One exercise to judge: by which answer, if it is not the folder's, on what loop.

    `debug` is asyncio's debug mode, `eager` its eager task factory.
    """

    exercise: Exercise
    answer: Path | None = None
    loop_mode: LoopMode = "plain"


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
    with tempfile.TemporaryDirectory(
        prefix="kata-", ignore_cleanup_errors=True
    ) as folder:
        crew = _Crew(settings, Path(folder))
        jobs = asyncio.Semaphore(settings.jobs)
        tasks = [asyncio.create_task(crew.judge(case, jobs)) for case in cases]
        faults: list[RunnerError] = []
        try:
            for task in asyncio.as_completed(tasks):
                try:
                    yield await task
                except _FaultError as fault:
                    faults.append(fault)
        finally:
            for pending in tasks:
                pending.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            await crew.close()
        if faults:
            raise faults[0]


class _FaultError(RunnerError):
    """The tests of one exercise cannot be run; those of others can."""


class _Crew:
    """Whoever starts the processes, replaced once if it dies."""

    def __init__(self, settings: Settings, folder: Path) -> None:
        self._settings = settings
        self._folder = folder
        self._workers: Workers | None = None
        self._lock = asyncio.Lock()
        self._numbers = itertools.count()
        self._restarted = False
        self._given_up: RunnerError | None = None

    async def judge(self, case: Case, jobs: asyncio.Semaphore) -> tuple[Case, Verdict]:
        async with jobs:
            process = await self._launch(case)
            began = time.monotonic()
            try:
                found = await observe(process, self._settings.limit)
            finally:
                process.kill()
        return case, self._verdict(case, found, time.monotonic() - began)

    def _verdict(self, case: Case, found: Evidence, seconds: float) -> Verdict:
        exercise, s = case.exercise, self._settings
        if fault := found.first("fault"):
            raise _FaultError(f"{fault.get('message')}\nThe answer is not to blame.")
        if not exercise.rules:
            raise _FaultError(f"`{exercise.tests}` holds no test that can be read.")
        answers = (case.answer or s.root / s.answers).absolute()
        judge = Judge(s.root.absolute(), answers, s.limit, s.memory)
        return judge.verdict(exercise, found, seconds)

    async def _launch(self, case: Case) -> Process:
        request = self._request(case)
        while True:
            workers = await self._ready()
            try:
                return await workers.launch(request)
            except WorkerLostError as lost:
                last_words = str(lost)
            await self._replace(workers, last_words)

    def _request(self, case: Case) -> dict[str, Any]:
        settings = self._settings
        folder = f"{next(self._numbers)}-{case.exercise.slug}"
        return {
            "tests": case.exercise.tests,
            "answer": str(case.answer.absolute()) if case.answer else None,
            "loop_mode": case.loop_mode,
            "limit": settings.limit,
            "memory": settings.memory,
            "signal": STACK_SIGNAL,
            "folder": str(self._folder / folder),
        }

    async def _ready(self) -> Workers:
        async with self._lock:
            if self._given_up is not None:
                raise self._given_up
            if self._workers is None:
                settings = self._settings
                where = settings.root, settings.answers, self._folder
                fork = settings.fork and hasattr(os, "fork")
                self._workers = (
                    await WarmWorker.start(*where) if fork else Spawner(*where)
                )
            return self._workers

    async def _replace(self, workers: Workers, last_words: str) -> None:
        async with self._lock:
            if self._workers is not workers:
                return  # somebody else has replaced it already
            self._workers = None
            await workers.close()
            if self._restarted:
                said = f"The grader's worker died twice. {last_words}"
                self._given_up = RunnerError(said)
                raise self._given_up
            self._restarted = True

    async def close(self) -> None:
        if self._workers is not None:
            await self._workers.close()
