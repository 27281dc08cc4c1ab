"""One warm pytest session that forks for each exercise: `-m grader.harness.worker`.

pytest and its plugins are imported once. Requests come over a Unix socket, each with
the write end of a pipe for that exercise's records. Where there is no fork, a process
is started per exercise with `--request JSON`; its records leave through its standard
output.
"""

from __future__ import annotations

import argparse
import contextlib
import gc
import importlib
import json
import os
import selectors
import signal
import socket
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NoReturn

import pytest

from grader.harness import child

# The judge's settings are not the learner's to edit: no configuration file is read.
_OPTIONS = (
    *("-c", os.devnull, "--import-mode=importlib", "--capture=no"),
    *("-p", "no:cacheprovider", "-p", "no:terminal", "-p", "no:faulthandler"),
    *("-p", "pytest_asyncio.plugin", "-p", "pytest_timeout"),
    *("-p", "_hypothesis_pytestplugin", "-p", "grader.harness.plugin"),
    *(
        "-o",
        "filterwarnings=error",
        "-o",
        "strict=true",
        "-o",
        "asyncio_mode=auto",
        "-o",
        "timeout=0",
    ),
    *("-o", "asyncio_default_fixture_loop_scope=function"),
    *("-o", "truncation_limit_lines=0", "-o", "truncation_limit_chars=0"),
)
# Slow to import, so it is done once, ahead of the fork, for the tests that need it.
_HEAVY = {
    "aiohttp": ("aiohttp", "aiohttp.web", "aiohttp.test_utils"),
    "hypothesis": ("hypothesis.strategies", "hypothesis.internal.conjecture.engine"),
}


class Session:
    """A pytest plugin: nothing is collected at the start, and requests are served."""

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection(self, session: pytest.Session) -> bool:
        session.items = []
        return True

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        self.serve(session)
        return True

    def serve(self, session: pytest.Session) -> None:
        raise NotImplementedError


class OneRequest(Session):
    """The session of a process that was started for one exercise."""

    def __init__(self, request: Mapping[str, Any]) -> None:
        self.request = request

    def serve(self, session: pytest.Session) -> NoReturn:
        child.serve(session, self.request, os.dup(1))


class ForkServer(Session):
    """The session that forks for each request."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        self._wakeup, self._woken = socket.socketpair()
        self._selector = selectors.DefaultSelector()
        self._running: dict[int, int] = {}  # pid -> id of the request
        self._open = True

    def serve(self, session: pytest.Session) -> NoReturn:
        """Until the grader hangs up; then whatever still runs is ended."""
        self._listen()
        gc.collect()
        gc.freeze()  # the children's garbage collector need not look at all this
        server = os.getpid()
        try:
            with contextlib.suppress(ConnectionError):  # the grader is gone
                while self._open:
                    self._turn(session)
        finally:
            if os.getpid() == server:  # and not a child on its way out
                for pid in self._running:
                    os.kill(pid, signal.SIGKILL)  # it may not lead its group yet
                    _kill_group(pid)
        os._exit(0)  # nothing is left to be tidied up, and somebody waits

    def _turn(self, session: pytest.Session) -> None:
        for key, _ in self._selector.select():
            if key.fileobj is self._connection:
                self._receive(session)
            else:
                self._woken.recv(4096)
                self._reap()

    def _listen(self) -> None:
        for end in (self._wakeup, self._woken):
            end.setblocking(False)
        signal.set_wakeup_fd(self._wakeup.fileno(), warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda number, frame: None)
        self._selector.register(self._connection, selectors.EVENT_READ)
        self._selector.register(self._woken, selectors.EVENT_READ)

    def _receive(self, session: pytest.Session) -> None:
        # The grader waits for the pid before it sends another request, so that one
        # read is one request.
        line, fds, _, _ = socket.recv_fds(self._connection, 65_536, 1)
        if not line:
            self._open = False
            return
        request = json.loads(line)
        _warm_up(Path(request["tests"]))
        pid = os.fork()
        if pid == 0:
            self._leave()
            child.serve(session, request, fds[0])
        self._running[pid] = request["id"]
        os.close(fds[0])
        self._send(id=request["id"], pid=pid)

    def _leave(self) -> None:
        """In the child: let go of what belongs to the server."""
        self._selector.close()
        for end in (self._connection, self._wakeup, self._woken):
            end.close()

    def _reap(self) -> None:
        for pid, request in list(self._running.items()):
            ended, status = os.waitpid(pid, os.WNOHANG)
            if ended:
                _kill_group(pid)  # processes that the answer left behind
                del self._running[pid]
                self._send(id=request, exit=os.waitstatus_to_exitcode(status))

    def _send(self, **fields: int) -> None:
        self._connection.sendall(json.dumps(fields).encode() + b"\n")


def _kill_group(pid: int) -> None:
    try:
        os.killpg(pid, signal.SIGKILL)
    except OSError:
        return


def _warm_up(tests: Path) -> None:
    """Import what the tests will import, if it takes long."""
    try:
        text = tests.read_text(encoding="utf-8")
    except (OSError, ValueError):
        return
    missing = [n for n in _HEAVY if n in text and _HEAVY[n][-1] not in sys.modules]
    for name in missing:
        for module in _HEAVY[name]:
            importlib.import_module(module)
    if missing:
        gc.collect()
        gc.freeze()


def main(arguments: list[str] | None = None) -> int:
    """Start the session. The current folder is the course's root."""
    parser = argparse.ArgumentParser(prog="grader.harness.worker")
    parser.add_argument("--answers", required=True)
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--socket", type=int)
    what.add_argument("--request", type=json.loads)
    options = parser.parse_args(arguments)
    session: Session = (
        OneRequest(options.request)
        if options.request
        else ForkServer(socket.socket(fileno=options.socket))
    )
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    here = ("--rootdir", str(Path.cwd()), "--answers", options.answers)
    return int(pytest.main([*_OPTIONS, *here], plugins=[session]))


if __name__ == "__main__":
    raise SystemExit(main())
