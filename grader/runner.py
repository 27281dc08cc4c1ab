"""Runs exercises, several at a time, and says one verdict on each.

Verdicts live here, in the parent: whatever an answer does to its own process, it can
only spoil its own verdict.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import tempfile
import time
from collections.abc import AsyncGenerator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from grader.course import Exercise
from grader.evidence import Evidence, Judge
from grader.verdict import Verdict
from grader.workers import (
    STACK_SIGNAL,
    Process,
    Spawner,
    WarmWorker,
    WorkerLost,
    Workers,
)

_MOST_BYTES = 16 * 2**20
_FOR_ITS_STACK = 2.0  # real seconds that a process has for writing its stacks
_FOR_ITS_PIPE = 1.0  # real seconds until the pipe of an ended process runs dry


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

    @property
    def judged(self) -> Path:
        """The folder, or the one file, that the learner wrote."""
        answer = self.answer
        return (
            (self.root / self.answers).absolute()
            if answer is None
            else answer.absolute()
        )


async def run(
    exercises: Sequence[Exercise], settings: Settings
) -> AsyncGenerator[Verdict, None]:
    """One verdict per exercise, in the order of their completion.

    Raises RunnerError once all others are known if the course itself is at fault.
    """
    with tempfile.TemporaryDirectory(
        prefix="kata-", ignore_cleanup_errors=True
    ) as folder:
        crew = _Crew(settings, Path(folder))
        jobs = asyncio.Semaphore(settings.jobs)
        tasks = [asyncio.create_task(crew.judge(e, jobs)) for e in exercises]
        faults: list[RunnerError] = []
        try:
            for task in asyncio.as_completed(tasks):
                try:
                    yield await task
                except _CourseFault as fault:
                    faults.append(fault)
        finally:
            for pending in tasks:
                pending.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            await crew.close()
        if faults:
            raise faults[0]


class _CourseFault(RunnerError):
    """The tests of one exercise cannot be run; those of others can."""


class _Crew:
    """Whoever starts the processes, replaced once if it dies."""

    def __init__(self, settings: Settings, folder: Path) -> None:
        self._settings = settings
        self._folder = folder
        self._workers: Workers | None = None
        self._lock = asyncio.Lock()
        self._restarts = 0

    async def judge(self, exercise: Exercise, jobs: asyncio.Semaphore) -> Verdict:
        async with jobs:
            process = await self._launch(exercise)
            began = time.monotonic()
            try:
                found = await _observe(process, self._settings.limit)
            finally:
                process.kill()
        return self._verdict(exercise, found, time.monotonic() - began)

    def _verdict(self, exercise: Exercise, found: Evidence, seconds: float) -> Verdict:
        if fault := found.first("fault"):
            raise _CourseFault(f"{fault.get('message')}\nThe answer is not to blame.")
        if not exercise.rules:
            raise _CourseFault(f"`{exercise.tests}` holds no test that can be read.")
        s = self._settings
        judge = Judge(s.root.absolute(), s.judged, s.limit, s.memory)
        return judge.verdict(exercise, found, seconds)

    async def _launch(self, exercise: Exercise) -> Process:
        request = self._request(exercise)
        while True:
            workers = await self._ready()
            try:
                return await workers.launch(request)
            except WorkerLost as lost:
                last_words = str(lost)
            await self._replace(workers, last_words)

    def _request(self, exercise: Exercise) -> dict[str, Any]:
        settings = self._settings
        answer = settings.answer
        return {
            "tests": exercise.tests,
            "answer": None if answer is None else str(answer.absolute()),
            "limit": settings.limit,
            "memory": settings.memory,
            "signal": STACK_SIGNAL,
            "folder": str(self._folder / exercise.slug),
        }

    async def _ready(self) -> Workers:
        async with self._lock:
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
            self._restarts += 1
            if self._restarts > 1:
                raise RunnerError(f"The grader's worker died twice. {last_words}")

    async def close(self) -> None:
        if self._workers is not None:
            await self._workers.close()


async def _observe(process: Process, limit: float) -> Evidence:
    """Read its records until it ends, or end it when its time is up."""
    found = Evidence()
    reading = asyncio.create_task(_read(process, found))
    try:
        async with asyncio.timeout(limit):
            found.exit = await process.wait()
            if found.exit is None:  # nobody tells: it has ended when its pipe has
                await asyncio.wait([reading])
    except TimeoutError:
        found.late = True
        await _stack(process, found)
        process.kill()
    finally:
        await asyncio.wait([reading], timeout=_FOR_ITS_PIPE)
        reading.cancel()
    return found


async def _stack(process: Process, found: Evidence) -> None:
    """Wait for the stacks, which come whole or not at all."""
    process.ask_for_stack()
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(_FOR_ITS_STACK):
            while not found.dump:
                await asyncio.sleep(0.01)
            await asyncio.sleep(0.1)


async def _read(process: Process, found: Evidence) -> None:
    """Take the records, up to a bound that no honest answer comes near."""
    size = 0
    try:
        while line := await process.records.readline():
            size += len(line)
            if size > _MOST_BYTES:
                break
            found.add(line)
        else:
            return
    except ValueError:  # a line longer than the reader's limit
        pass
    found.flooded = True
    process.kill()
