"""Has the exercises judged and keeps the verdicts as they come."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import AsyncGenerator, Callable, Sequence
from dataclasses import replace

from grader import runner
from grader.course import Exercise
from grader.job import Job
from grader.mistakes import Recogniser
from grader.verdict import Verdict

Run = Callable[[Sequence[Exercise], runner.Settings], AsyncGenerator[Verdict, None]]

_FRAME = 0.1  # seconds between two pictures of the live screen


def judge(job: Job, run: Run | None, refresh: Callable[[], None]) -> None:
    """Fill the job's results; call `refresh` when there is something new to show."""
    results = job.results
    began = time.monotonic()
    try:
        asyncio.run(_follow(job, run, refresh))
    except KeyboardInterrupt:
        results.interrupted = True
    except runner.RunnerError as error:
        results.fault = str(error)
    else:
        results.fault = None if results.complete else "Some exercises have no verdict."
    finally:
        results.seconds = time.monotonic() - began


def settings(job: Job) -> runner.Settings:
    """What the runner must know."""
    return runner.Settings(
        root=job.results.course.root.absolute(),
        answers=job.answers,
        answer=job.answer,
        limit=job.options.limit,
        jobs=job.options.jobs,
        memory=job.options.memory,
        fork=job.options.fork,
    )


async def _follow(job: Job, run: Run | None, refresh: Callable[[], None]) -> None:
    ticker = asyncio.create_task(_tick(refresh))
    try:
        if run is not None:
            verdicts = run(job.results.exercises, settings(job))
            await _collect(job, verdicts, refresh)
            return
        async with runner.Runner(settings(job)) as kept:
            await _collect(job, _verdicts(job, kept), refresh)
            await _name_mistakes(job, kept)
    finally:
        ticker.cancel()


async def _verdicts(job: Job, kept: runner.Runner) -> AsyncGenerator[Verdict, None]:
    cases = [runner.Case(exercise, job.answer) for exercise in job.results.exercises]
    async with contextlib.aclosing(kept.run_cases(cases)) as verdicts:
        async for _, verdict in verdicts:
            yield verdict


async def _collect(
    job: Job, verdicts: AsyncGenerator[Verdict, None], refresh: Callable[[], None]
) -> None:
    async with contextlib.aclosing(verdicts):
        async for verdict in verdicts:
            job.results.add(verdict)
            refresh()


async def _name_mistakes(job: Job, kept: runner.Runner) -> None:
    """For the screen only in the exercise that it shows, and without a long wait."""
    results, for_screen = job.results, job.options.format == "text"
    recogniser = Recogniser(kept.run_cases, 2.0 if for_screen else None)
    first = results.first_unsolved
    for exercise in [first[0]] if for_screen and first else results.exercises:
        if verdict := results.verdict(exercise):
            answer = job.answer or results.file(exercise)
            mistake = await recogniser.recognise(exercise, verdict, answer)
            results.add(replace(verdict, mistake=mistake))


async def _tick(refresh: Callable[[], None]) -> None:
    while True:
        await asyncio.sleep(_FRAME)
        refresh()
