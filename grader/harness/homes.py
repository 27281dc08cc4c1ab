"""Which test a thread works for: one that outlives its test must not touch the next.

A thread belongs to the world in which it was started; a worker of a pool, to the world
in which its present job was submitted.
"""

from __future__ import annotations

import functools
import threading
import weakref
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from grader.harness.world import World, current


def is_left_over() -> bool:
    """Whether the current thread works for a test that is over."""
    home = getattr(threading.current_thread(), "lab_home", None)
    if home is None:
        return False
    world: World | None = home()
    return world is None or world.over


def _remember_starts() -> None:
    real = threading.Thread.start

    @functools.wraps(real)
    def start(self: Any) -> None:
        _settle(self, current())
        real(self)

    threading.Thread.start = start  # type: ignore[method-assign]


def _settle(thread: Any, world: World | None) -> None:
    thread.lab_home = None if world is None else weakref.ref(world)


def _remember_jobs() -> None:
    real: Any = ThreadPoolExecutor.submit

    @functools.wraps(real)
    def submit(self: Any, fn: Any, /, *args: Any, **kwargs: Any) -> Any:
        return real(self, _at_home(fn, current()), *args, **kwargs)

    ThreadPoolExecutor.submit = submit  # type: ignore[method-assign]


def _at_home(fn: Callable[..., Any], world: World | None) -> Callable[..., Any]:
    @functools.wraps(fn)
    def job(*args: Any, **kwargs: Any) -> Any:
        _settle(threading.current_thread(), world)
        return fn(*args, **kwargs)

    return job


def install() -> None:
    """Patch threads and pools, once, after all others have."""
    _remember_starts()
    _remember_jobs()
