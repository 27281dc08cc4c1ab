"""Serves the page on this machine until it is interrupted."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import socket
from collections.abc import AsyncGenerator, Iterable
from pathlib import Path

from aiohttp import web

from grader.course import Exercise
from grader.job import Job
from grader.judging import settings
from grader.mounts import tells_nothing
from grader.runner import Runner
from grader.saves import saves
from grader.web.app import make_app
from grader.web.desk import Desk
from grader.web.judging import Judging

_TO_FINISH = 1.0  # seconds that open requests have at the end


def serve(job: Job, listener: socket.socket) -> None:
    """Serve until Ctrl-C or SIGTERM."""
    with contextlib.suppress(KeyboardInterrupt, asyncio.CancelledError):
        asyncio.run(_serve(job, listener))


async def _serve(job: Job, listener: socket.socket) -> None:
    desk = Desk(job.results)
    with contextlib.suppress(NotImplementedError):  # Windows has no such signals
        main = asyncio.current_task()
        assert main is not None
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, main.cancel)
    async with Runner(settings(job)) as runner, _site(desk, listener):
        answers = {e.id: _file(job, e) for e in job.results.exercises}
        judging = Judging(desk, runner, job.options.jobs, answers)
        await judging.keep_up(lambda: _changes(job, answers.values()))


def _changes(job: Job, answers: Iterable[Path]) -> AsyncGenerator[set[Path], None]:
    """Saved answers, lessons and hints."""
    files = set(answers)
    poll = job.options.poll or tells_nothing(job.answers)
    texts = {f.with_name(n) for f in files for n in ("README.md", "HINTS.md")}
    return saves(job.answers, files | texts, poll=poll)


@contextlib.asynccontextmanager
async def _site(desk: Desk, listener: socket.socket) -> AsyncGenerator[None, None]:
    app = web.AppRunner(make_app(desk), access_log=None, shutdown_timeout=_TO_FINISH)
    await app.setup()
    try:
        await web.SockSite(app, listener).start()
        yield
    finally:
        await app.cleanup()


def _file(job: Job, exercise: Exercise) -> Path:
    return job.answers / exercise.chapter / f"{exercise.slug}.py"
