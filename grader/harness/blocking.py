"""Calls that freeze the event loop, caught where they happen.

Files, processes, sockets, DNS and SQLite raise audit events before they act. All that
waits in `threading` (events, queues, futures) ends in `Condition.wait`: on the loop's
thread it is a mistake, on another thread it means that the thread rests (threads.py).
"""

from __future__ import annotations

import asyncio
import concurrent.futures
import functools
import sys
import threading
from collections import deque
from types import FrameType
from typing import Any

from grader.harness.errors import Blocking
from grader.harness.frames import call_made, callers, is_learner, is_library, line_of
from grader.harness.homes import is_left_over
from grader.harness.threads import is_servant, unfinished_jobs_of
from grader.harness.world import Problem, World, current

_EVENTS = {
    "open": "opens a file; use `asyncio.to_thread`",
    "subprocess.Popen": "starts a process; use `asyncio.create_subprocess_exec`",
    "os.system": "runs a command; use `asyncio.create_subprocess_shell`",
    "socket.connect": "connects a socket; use `asyncio.open_connection`",
    "socket.getaddrinfo": "looks up a host; use `loop.getaddrinfo`",
    "urllib.Request": "fetches a URL; use `aiohttp`",
    "sqlite3.connect": "opens a database; use `asyncio.to_thread`",
    "builtins.input": "waits for the keyboard; use `asyncio.to_thread(input)`",
}
# Modules that open files or wait for a moment for good reasons of their own.
_TRUSTED = {
    "_frozen_importlib", "_frozen_importlib_external", "_pytest", "aiohttp",
    "asyncio", "importlib", "inspect", "linecache", "logging", "pytest", "tokenize",
    "traceback", "warnings",
}  # fmt: skip
_HARMLESS = {
    ("threading", "start"),
    ("concurrent.futures.thread", "shutdown"),
    ("concurrent.futures.process", "shutdown"),
}


def _watched() -> World | None:
    """The current world, if this thread runs its virtual loop right now."""
    world = current()
    if world is None or world.real or world.stuck:
        return None
    return world if asyncio._get_running_loop() in world.loops else None


def _culprit(frame: FrameType | None) -> FrameType | None:
    """The learner's frame behind a call, unless the tests or a library made it."""
    for caller in callers(frame):
        module = str(caller.f_globals.get("__name__", ""))
        if is_learner(caller.f_code.co_filename):
            return caller
        if (module, caller.f_code.co_name) in _HARMLESS:
            return None
        if module.partition(".")[0] in _TRUSTED:
            return None
    return None


def _complain(world: World, message: str, frame: FrameType) -> Problem | None:
    culprit = _culprit(frame)
    if culprit is None:
        return None
    problem = Problem(message, (line_of(culprit),))
    world.problems.append(problem)  # kept even if an `except Exception` eats an error
    return problem


def _audit(event: str, args: tuple[Any, ...]) -> None:
    if event not in _EVENTS:
        return
    world = _watched()
    if world is None or _passes(event, args):
        return
    name = f"open({args[0]!r})" if event == "open" else event.removeprefix("builtins.")
    _complain(
        world,
        f"`{name}` {_EVENTS[event]}: until it returns, the event loop is frozen.",
        sys._getframe(1),
    )


def _passes(event: str, args: tuple[Any, ...]) -> bool:
    if event == "socket.connect":
        return bool(args[0].gettimeout() == 0)
    return event == "open" and isinstance(args[0], int)


def _refuse(what: str) -> None:
    """On the loop's thread: raise instead of waiting, for nobody could end the wait."""
    world = _watched()
    if world is None:
        return
    problem = _complain(
        world,
        f"`{what}` waits for another thread and freezes the event loop meanwhile: "
        "use asyncio's own counterpart, or `asyncio.to_thread`.",
        sys._getframe(2),
    )
    if problem is not None:
        raise Blocking(problem.message, problem.where)


def _patch_wait() -> None:
    real = threading.Condition.wait

    @functools.wraps(real)
    def wait(self: Any, timeout: float | None = None) -> bool:
        if timeout is not None and timeout <= 0:
            return real(self, timeout)  # only looks, as executors do
        what = call_made(sys._getframe(1)) if _watched() else None
        _refuse(what or "threading.Condition.wait")
        world = current()
        if world is None or world.real or timeout is not None or is_left_over():
            return real(self, timeout)
        return _rest_in(self, real, world)

    threading.Condition.wait = wait  # type: ignore[method-assign]


def _rest_in(condition: Any, real: Any, world: World) -> bool:
    """Wait in a thread of the answer's: it rests until somebody notifies it."""
    loop: Any = world.running_loop()
    if loop is None:
        return bool(real(condition))
    me = threading.get_ident()
    queue: deque[tuple[World, int]] = condition.__dict__.setdefault(
        "lab_resting", deque()
    )
    queue.append((world, me))
    world.resting.add(me)
    loop.call_soon_threadsafe(lambda: None)  # let the loop look again
    try:
        return bool(real(condition))
    finally:
        world.resting.discard(me)


def _patch_notify() -> None:
    """A notified thread works again at once, not only when it gets its next turn."""
    real = threading.Condition.notify

    @functools.wraps(real)
    def notify(self: Any, n: int = 1) -> None:
        resting = self.__dict__.get("lab_resting")
        for _ in range(min(n, len(resting)) if resting else 0):
            world, thread = resting.popleft()
            world.resting.discard(thread)
        real(self, n)

    threading.Condition.notify = notify  # type: ignore[method-assign]


def _patch_join() -> None:
    real = threading.Thread.join

    @functools.wraps(real)
    def join(self: Any, timeout: float | None = None) -> None:
        if self.is_alive():
            _refuse("threading.Thread.join")
        world = current()
        if world is None or world.real or timeout is not None or is_servant(self):
            return real(self, timeout)
        with world.joins(self):
            return real(self)

    threading.Thread.join = join  # type: ignore[method-assign]


def _patch_shutdown(cls: Any) -> None:
    real = cls.shutdown

    @functools.wraps(real)
    def shutdown(self: Any, wait: bool = True, **options: Any) -> None:
        if wait and unfinished_jobs_of(self):
            _refuse(f"{cls.__name__}.shutdown(wait=True)")
        real(self, wait, **options)

    cls.shutdown = shutdown


def install() -> None:
    """Hook and patch, once; nothing complains outside a virtual world."""
    sys.addaudithook(_audit)
    _patch_wait()
    _patch_notify()
    _patch_join()
    _patch_shutdown(concurrent.futures.ThreadPoolExecutor)
    _patch_shutdown(concurrent.futures.ProcessPoolExecutor)
    assert is_library(__file__)  # our own frames must never be taken for the learner's
