"""The processes in which exercises run, here one cold process for each exercise."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Protocol

MODULE = "grader.harness.worker"
# The grader's package itself, wherever it lies.
_HOME = Path(__file__).resolve().parent.parent
# An answer is asked for its stack by a signal that no answer has a use for.
STACK_SIGNAL = int(getattr(signal, "SIGXCPU", 0))


class WorkerLostError(Exception):
    """The worker died, or never came up."""


class Process(Protocol):
    """One exercise that runs."""

    records: asyncio.StreamReader

    async def wait(self) -> int | None:
        """Its exit code once it has ended; None if nobody is left who knows."""

    def ask_for_stack(self) -> None:
        """Let it write its stacks to the records."""

    def kill(self) -> None:
        """End it and all its descendants."""


class Workers(Protocol):
    """What starts exercises."""

    async def launch(self, request: Mapping[str, Any]) -> Process: ...

    async def close(self) -> None: ...


def environment(folder: Path) -> dict[str, str]:
    """What a worker finds in its environment."""
    path = [str(_HOME)] if "site-packages" not in _HOME.parts else []
    path += filter(None, [os.environ.get("PYTHONPATH")])
    kept = {k: v for k, v in os.environ.items() if not k.startswith("PYTEST_")}
    return {
        **kept,
        "PYTHONPATH": os.pathsep.join(path),
        "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
        "HYPOTHESIS_STORAGE_DIRECTORY": str(folder / "hypothesis"),
        # Each of glibc's arenas reserves 64 MiB of address space, and that is limited.
        "MALLOC_ARENA_MAX": "2",
    }


def send_signal(pid: int, number: int, *, group: bool) -> None:
    with contextlib.suppress(OSError):
        if group:
            os.killpg(pid, number)
        else:
            os.kill(pid, number)


class Spawned:
    """A process of its own for one exercise."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        assert process.stdout is not None
        self.records = process.stdout
        self._process = process

    async def wait(self) -> int | None:
        status = await self._process.wait()
        self._kill_group()
        return status

    def ask_for_stack(self) -> None:
        if STACK_SIGNAL and self._process.returncode is None:
            self._process.send_signal(STACK_SIGNAL)

    def kill(self) -> None:
        if self._process.returncode is None:
            self._kill_group()
            with contextlib.suppress(ProcessLookupError):
                self._process.kill()

    def _kill_group(self) -> None:
        if hasattr(os, "killpg"):
            send_signal(self._process.pid, signal.SIGKILL, group=True)


class Spawner:
    """Starts a cold process per exercise: slower, and possible everywhere."""

    def __init__(self, root: Path, answers: Path, folder: Path) -> None:
        self._root = root
        self._answers = answers
        self._folder = folder

    async def launch(self, request: Mapping[str, Any]) -> Spawned:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", MODULE, "--answers", str(self._answers)),
            *("--request", json.dumps(request)),
            cwd=self._root,
            env=environment(self._folder),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            limit=2**22,
            start_new_session=True,
        )
        return Spawned(process)

    async def close(self) -> None:
        return
