"""Whoever starts the processes of a run, and waits for what they say."""

from __future__ import annotations

import asyncio
import itertools
import os
import shutil
import time
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


class FaultError(RunnerError):
    """The tests of one exercise cannot be run; those of others can."""


class Crew:
    """Whoever starts the processes, replaced once if it dies."""

    def __init__(self, settings: Settings, folder: Path) -> None:
        self._settings = settings
        self._folder = folder
        self._workers: Workers | None = None
        self._lock = asyncio.Lock()
        self._numbers = itertools.count()
        self._restarted = False
        self._given_up: RunnerError | None = None

    async def judge(self, case: Case) -> Verdict:
        """Run one case in a process of its own, which has ended afterwards."""
        folder = self._folder / f"{next(self._numbers)}-{case.exercise.slug}"
        process = await self._launch(self._request(case, folder))
        began = time.monotonic()
        try:
            found = await observe(process, self._settings.limit)
        finally:
            process.kill()
            loop = asyncio.get_running_loop()
            loop.run_in_executor(None, shutil.rmtree, folder, True)
        return self._verdict(case, found, time.monotonic() - began)

    async def warm_up(self) -> None:
        """Have a worker started."""
        await self._ready()

    def take_heart(self) -> None:
        """A new run may lose a worker again."""
        self._restarted = False
        self._given_up = None

    def _verdict(self, case: Case, found: Evidence, seconds: float) -> Verdict:
        exercise, s = case.exercise, self._settings
        if fault := found.first("fault"):
            raise FaultError(f"{fault.get('message')}\nThe answer is not to blame.")
        if not exercise.rules:
            raise FaultError(f"`{exercise.tests}` holds no test that can be read.")
        answers = (case.answer or s.root / s.answers).absolute()
        judge = Judge(s.root.absolute(), answers, s.limit, s.memory)
        return judge.verdict(exercise, found, seconds)

    async def _launch(self, request: dict[str, Any]) -> Process:
        while True:
            workers = await self._ready()
            try:
                return await _started(workers, request)
            except WorkerLostError as lost:
                last_words = str(lost)
            await self._replace(workers, last_words)

    def _request(self, case: Case, folder: Path) -> dict[str, Any]:
        settings = self._settings
        return {
            "tests": case.exercise.tests,
            "answer": str(case.answer.absolute()) if case.answer else None,
            "loop_mode": case.loop_mode,
            "limit": settings.limit,
            "memory": settings.memory,
            "signal": STACK_SIGNAL,
            "folder": str(folder),
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


async def _started(workers: Workers, request: dict[str, Any]) -> Process:
    """Start a process; if nobody waits for it any more, end it once it has begun."""
    starting = asyncio.ensure_future(workers.launch(request))
    try:
        return await asyncio.shield(starting)
    except asyncio.CancelledError:
        starting.add_done_callback(_end)
        raise


def _end(starting: asyncio.Future[Process]) -> None:
    if not starting.cancelled() and starting.exception() is None:
        starting.result().kill()
