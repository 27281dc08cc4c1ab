"""One warm pytest session in a process that forks for each exercise."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from grader.workers import (
    MODULE,
    STACK_SIGNAL,
    WorkerLostError,
    environment,
    send_signal,
)


class Forked:
    """A child of the warm worker."""

    def __init__(
        self, pid: int, records: asyncio.StreamReader, exit: asyncio.Future[int | None]
    ) -> None:
        self.pid = pid
        self.records = records
        self._exit = exit

    async def wait(self) -> int | None:
        return await asyncio.shield(self._exit)

    def ask_for_stack(self) -> None:
        if not self._exit.done() or self._exit.result() is None:
            send_signal(self.pid, STACK_SIGNAL, group=False)

    def kill(self) -> None:
        if not self._exit.done() or self._exit.result() is None:
            send_signal(self.pid, signal.SIGKILL, group=True)
            send_signal(self.pid, signal.SIGKILL, group=False)


class WarmWorker:
    """One warm pytest session, talked to over a socket pair."""

    def __init__(
        self, process: asyncio.subprocess.Process, connection: socket.socket, log: Path
    ) -> None:
        self.process = process
        self.lost = False
        self._log = log
        self._connection = connection
        self._lock = asyncio.Lock()
        self._ids = itertools.count()
        self._pids: dict[int, asyncio.Future[int | None]] = {}
        self._exits: dict[int, asyncio.Future[int | None]] = {}
        self._reading = asyncio.create_task(self._read())

    @classmethod
    async def start(cls, root: Path, answers: Path, folder: Path) -> WarmWorker:
        """Start the process; it needs about half a second to be ready."""
        ours, theirs = socket.socketpair()
        ours.setblocking(False)
        log = folder / "worker.log"
        with contextlib.ExitStack() as undo, theirs, log.open("wb") as output:
            undo.callback(ours.close)
            process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", MODULE, "--answers", str(answers)),
                *("--socket", str(theirs.fileno())),
                cwd=root,
                env=environment(folder),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                pass_fds=(theirs.fileno(),),
                start_new_session=True,  # Ctrl-C is for the grader alone
            )
            undo.pop_all()
        return cls(process, ours, log)

    async def launch(self, request: Mapping[str, Any]) -> Forked:
        """Have the worker fork for this request."""
        async with self._lock:
            if self.lost:
                raise WorkerLostError(self.last_words())
            number = next(self._ids)
            loop = asyncio.get_running_loop()
            pid = self._pids[number] = loop.create_future()
            exit_ = self._exits[number] = loop.create_future()
            records = await self._send({**request, "id": number})
            if (child := await pid) is None:
                raise WorkerLostError(self.last_words())
            return Forked(child, records, exit_)

    async def _send(self, request: Mapping[str, Any]) -> asyncio.StreamReader:
        reading, writing = os.pipe()
        try:
            line = json.dumps(request).encode()
            socket.send_fds(self._connection, [line], [writing])
        except OSError:
            os.close(reading)
            self._lose()
            raise WorkerLostError(self.last_words()) from None
        finally:
            os.close(writing)
        return await _reader(reading)

    async def _read(self) -> None:
        loop = asyncio.get_running_loop()
        rest = b""
        try:
            while data := await loop.sock_recv(self._connection, 65_536):
                *lines, rest = (rest + data).split(b"\n")
                for line in lines:
                    self._handle(json.loads(line))
        except (OSError, ValueError):
            pass  # it is gone, or it talks nonsense
        finally:
            self._lose()

    def _handle(self, answer: dict[str, int]) -> None:
        kind, futures = (
            ("pid", self._pids) if "pid" in answer else ("exit", self._exits)
        )
        future = futures.pop(answer["id"])
        if not future.done():
            future.set_result(answer[kind])

    def _lose(self) -> None:
        self.lost = True
        for future in (*self._pids.values(), *self._exits.values()):
            if not future.done():
                future.set_result(None)

    def last_words(self) -> str:
        """The end of what the worker printed."""
        text = self._log.read_text(encoding="utf-8", errors="replace").strip()
        return text[-2_000:] or "It said nothing."

    async def close(self) -> None:
        """Hang up, upon which the worker ends what it still runs, and itself."""
        self._reading.cancel()
        await asyncio.wait([self._reading])
        self._connection.close()
        try:
            async with asyncio.timeout(2):
                await self.process.wait()
        except TimeoutError:
            self.process.kill()
            await self.process.wait()


async def _reader(fd: int) -> asyncio.StreamReader:
    reader = asyncio.StreamReader(limit=2**22)
    await asyncio.get_running_loop().connect_read_pipe(
        lambda: asyncio.StreamReaderProtocol(reader), os.fdopen(fd, "rb", 0)
    )
    return reader
