"""What one exercise may do to the machine: little, and nothing that outlives it."""

from __future__ import annotations

import contextlib
import faulthandler
import io
import json
import math
import os
import random
import signal
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

_SCREENFUL = 4_000
_LONGEST_RECORD = 1_000_000
_TO_TELL = 64 * 2**20


class Records:
    """JSON lines to the grader; the answer does not know of this file descriptor."""

    def __init__(self, fd: int) -> None:
        self.fd = fd
        self._write = os.write  # bound now: an answer may replace it

    def send(self, kind: str, **fields: Any) -> None:
        """Write one record, however full the pipe is."""
        line = json.dumps({"kind": kind, **fields}).encode()
        if len(line) > _LONGEST_RECORD:
            fields["timeline"] = None
            line = json.dumps({"kind": kind, **fields}).encode()
        data = memoryview(line + b"\n")
        while data:
            data = data[self._write(self.fd, data) :]


class _FirstBytes(io.RawIOBase):
    """Keeps the first bytes written to it and drops the rest at no cost."""

    def __init__(self) -> None:
        self.kept = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: ReadableBuffer) -> int:
        with memoryview(data) as view:
            self.kept += view[: max(0, _SCREENFUL - len(self.kept))]
            return view.nbytes


class Screen(io.TextIOWrapper):
    """Stands in for standard output and error: all that counts is the first screen."""

    def __init__(self) -> None:
        self._raw = _FirstBytes()
        writer = io.BufferedWriter(self._raw, 65_536)
        super().__init__(writer, "utf-8", errors="backslashreplace", newline="\n")

    def take(self) -> str:
        """What was printed since the last time."""
        with contextlib.suppress(ValueError):  # the answer closed it
            self.flush()
        text = self._raw.kept.decode("utf-8", "ignore")
        self._raw.kept.clear()
        return text


def confine(request: Mapping[str, Any], records: Records) -> Screen:
    """Cut this process off from the terminal and from the other exercises."""
    _new_session()
    _null_streams(records)
    sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115
    screen = Screen()
    for name in ("stdout", "stderr", "__stdout__", "__stderr__"):
        setattr(sys, name, screen)
    sys.dont_write_bytecode = True
    random.seed()
    _own_temporary_folder(request["folder"])
    _limit_memory(request["memory"])
    _limit_cpu(request["limit"])
    _dump_stacks(request, records)
    return screen


def lift_memory_limit() -> None:
    """Whoever ran out of memory needs a little to tell of it."""
    if sys.platform == "linux":
        import resource

        soft, most = resource.getrlimit(resource.RLIMIT_AS)
        if soft != resource.RLIM_INFINITY:
            resource.setrlimit(resource.RLIMIT_AS, (soft + _TO_TELL, most))


def _new_session() -> None:
    if hasattr(os, "setsid"):
        with contextlib.suppress(PermissionError):  # it leads a session already
            os.setsid()


def _null_streams(records: Records) -> None:
    if records.fd < 3:
        records.fd = os.dup(records.fd)
    os.set_inheritable(records.fd, False)
    null = os.open(os.devnull, os.O_RDWR)
    for fd in (0, 1, 2):
        os.dup2(null, fd)
    os.close(null)


def _own_temporary_folder(folder: str) -> None:
    """What the answer and pytest leave there goes with the folder."""
    Path(folder).mkdir(exist_ok=True)
    os.environ["TMPDIR"] = os.environ["PYTEST_DEBUG_TEMPROOT"] = folder
    tempfile.tempdir = folder


def _limit_memory(mebibytes: int) -> None:
    if sys.platform != "linux":
        return
    import resource

    pages = int(Path("/proc/self/statm").read_text().split()[0])
    soft = pages * resource.getpagesize() + mebibytes * 2**20
    _, most = resource.getrlimit(resource.RLIMIT_AS)
    if most != resource.RLIM_INFINITY:
        soft = min(soft, most)
    resource.setrlimit(resource.RLIMIT_AS, (soft, most))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _limit_cpu(seconds: float) -> None:
    """The last resort if whoever watches the clock was killed: spinning ends."""
    if sys.platform == "win32":
        return
    import resource

    most = math.ceil(min(seconds, 1e6) * (os.cpu_count() or 1)) + 2
    resource.setrlimit(resource.RLIMIT_CPU, (most, most))


def _dump_stacks(request: Mapping[str, Any], records: Records) -> None:
    """Say on which line the process crashed, or stood when its time was up.

    The grader asks by a signal: a watchdog thread in here would make every later
    `os.fork()` of the answer a fork of a process with threads, which Python warns of.
    """
    faulthandler.enable(records.fd)
    if request["signal"]:
        faulthandler.register(signal.Signals(request["signal"]), file=records.fd)
    else:
        faulthandler.dump_traceback_later(request["limit"], file=records.fd)
