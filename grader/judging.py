"""Has the exercises judged and keeps the verdicts as they come."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import AsyncGenerator, Callable, Sequence

from grader import runner
from grader.course import Exercise
from grader.job import Job
from grader.verdict import Verdict

Run = Callable[[Sequence[Exercise], runner.Settings], AsyncGenerator[Verdict, None]]

_FRAME = 0.1  # seconds between two pictures of the live screen


def judge(job: Job, run: Run | None, refresh: Callable[[], None]) -> None:
    """Fill the job's results; call `refresh` when there is something new to show."""
    results = job.results
    began = time.monotonic()
    try:
        asyncio.run(_follow(job, run or runner.run, refresh))
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


async def _follow(job: Job, run: Run, refresh: Callable[[], None]) -> None:
    ticker = asyncio.create_task(_tick(refresh))
    try:
        async with contextlib.aclosing(
            run(job.results.exercises, settings(job))
        ) as verdicts:
            async for verdict in verdicts:
                job.results.add(verdict)
                refresh()
    finally:
        ticker.cancel()


async def _tick(refresh: Callable[[], None]) -> None:
    while True:
        await asyncio.sleep(_FRAME)
        refresh()
