"""What a suspended task waits for, found by walking its chain of awaits.

Private names used here, pinned by tests/grader/lab/test_private_names.py:
- `Task._fut_waiter`: the future a task waits for.
- `_GatheringFuture._children`: what a `gather()` waits for.
- `TaskGroup._tasks`: the children of a group.
- `Future._callbacks` and shield()'s `_outer_done_callback`: what a `shield()` protects.
- `StreamReader._transport`: whose other end names a connection.
- the local `fs` of `asyncio.tasks._wait`, and `ClientSession._request`'s arguments.
"""

from __future__ import annotations

import asyncio
import gc
import inspect
import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from types import FrameType
from typing import Any

from grader.harness.frames import is_learner, is_library, line_of
from grader.verdict import Doing, Line

Label = Callable[[Any], str]
_NETWORK = {"asyncio.streams", "asyncio.selector_events", "asyncio.subprocess"}
_SHIELD = "shield.<locals>._outer_done_callback"
_MOST_NAMES = 6  # of tasks that one task waits for
_PREFIXES = ("cr", "ag", "gi")


@dataclass(frozen=True)
class Wait:
    """What a task waits for (`what`), of which kind, and at which lines.

    `lines` holds the learner's frames, outermost first; where there are none, those of
    the test.
    """

    what: str
    doing: Doing
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class _Step:
    frame: FrameType
    name: str

    @property
    def module(self) -> str:
        return str(self.frame.f_globals.get("__name__", ""))


def _prefix(obj: Any) -> str | None:
    return next((p for p in _PREFIXES if hasattr(obj, p + "_frame")), None)


def _inside(obj: Any) -> Any:
    """What `asend()` objects and coroutine wrappers hide: the generator or future."""
    for hidden in gc.get_referents(obj):
        if isinstance(hidden, asyncio.Future) or _prefix(hidden):
            return hidden
    return None


def chain(coro: Any) -> tuple[list[_Step], Any]:
    """The frames of a suspended coroutine, outermost first, and what it awaits."""
    steps: list[_Step] = []
    seen: set[int] = set()
    while coro is not None and id(coro) not in seen:
        seen.add(id(coro))
        prefix = _prefix(coro)
        if prefix is None:
            if isinstance(coro, asyncio.Future):
                return steps, coro
            coro = _inside(coro)
            continue
        frame = getattr(coro, prefix + "_frame")
        if frame is not None:
            steps.append(_Step(frame, getattr(coro, "__qualname__", "?")))
        coro = getattr(coro, "gi_yieldfrom" if prefix == "gi" else prefix + "_await")
    return steps, coro


def wait_of(task: asyncio.Task[Any], label: Label) -> Wait:
    """What `task`, which is suspended, waits for; `label` names other tasks."""
    steps, awaited = chain(task.get_coro())
    waiter = getattr(task, "_fut_waiter", None)
    awaited = awaited if waiter is None else waiter
    inner = [step for step in steps if is_library(step.frame.f_code.co_filename)]
    what = _in_words(inner, awaited, label)
    return Wait(what, _kind(inner), _lines(steps))


def _lines(steps: list[_Step]) -> tuple[Line, ...]:
    frames = [s.frame for s in steps if not is_library(s.frame.f_code.co_filename)]
    mine = [frame for frame in frames if is_learner(frame.f_code.co_filename)]
    return tuple(map(line_of, mine or frames))


def _kind(inner: list[_Step]) -> Doing:
    modules = {step.module for step in inner}
    if modules & _NETWORK or any(m.startswith("aiohttp") for m in modules):
        return "io"
    return "sleep" if any(step.name == "sleep" for step in inner) else "wait"


def _in_words(inner: list[_Step], awaited: Any, label: Label) -> str:
    for step in inner:
        if step.name == "ClientSession._request":
            local = step.frame.f_locals
            return f"the answer to {local['method']} {local['str_or_url']}"
    for step in inner:
        words = _step_in_words(step, label)
        if words:
            return words
    return _future_in_words(inner, awaited, label)


def _step_in_words(step: _Step, label: Label) -> str | None:
    local = step.frame.f_locals
    me = local.get("self")
    if step.module == "asyncio.taskgroups":
        return f"the TaskGroup's children {_names(me._tasks, label)}".rstrip()  # type: ignore[union-attr]
    if step.module == "asyncio.tasks":
        if step.name == "_wait":
            return f"asyncio.wait() on {_names(local['fs'], label)}"
        return f"asyncio.sleep({local['delay']:g})" if step.name == "sleep" else None
    if me is not None and step.module.partition(".")[0] in ("asyncio", "aiohttp"):
        method = step.name.rpartition(".")[2].replace("__aenter__", "acquire")
        return f"{type(me).__name__}.{method}() on {describe(me)}{_holder(me)}"
    return None


def _holder(lock: Any) -> str:
    owner = getattr(lock, "lab_owner", None)
    if owner is None:
        return ""
    name, line = owner
    return (
        f", held by {name!r} since line {line.line}" if line else f", held by {name!r}"
    )


def _future_in_words(inner: list[_Step], awaited: Any, label: Label) -> str:
    if isinstance(awaited, asyncio.Task):
        return f"task {label(awaited)!r}"
    if type(awaited).__name__ == "_GatheringFuture":
        return f"asyncio.gather() of {_names(awaited._children, label)}"
    if inner:
        return _called(inner[0])
    if (shielded := _shielded(awaited)) is not None:
        return f"asyncio.shield() of {_names([shielded], label)}"
    if isinstance(awaited, asyncio.Future):
        return "a Future that nobody resolves"
    return describe(awaited)


def _called(step: _Step) -> str:
    plain = step.module.partition(".")[0] == "asyncio" and "." not in step.name
    return f"asyncio.{step.name}()" if plain else f"{step.name}()"


def _shielded(outer: Any) -> asyncio.Future[Any] | None:
    """What `asyncio.shield()` protects, if it made this future."""
    for callback, _ in getattr(outer, "_callbacks", None) or ():
        if getattr(callback, "__qualname__", "") == _SHIELD:
            inner = inspect.getclosurevars(callback).nonlocals.get("inner")
            return inner if isinstance(inner, asyncio.Future) else None
    return None


def _names(futures: Collection[Any], label: Label) -> str:
    names = [
        repr(label(f)) if isinstance(f, asyncio.Task) else "a future"
        for f in [f for f in futures if not f.done()] or futures  # all: it just ended
    ]
    names.sort(key=_numbers_by_value)
    rest = len(names) - _MOST_NAMES
    shown = names if rest <= 1 else [*names[:_MOST_NAMES], f"… and {rest} more"]
    return ", ".join(shown)


def _numbers_by_value(name: str) -> list[str | int]:
    return [int(p) if p.isdigit() else p for p in re.split(r"(\d+)", name)]


def describe(obj: Any) -> str:
    """`repr(obj)` without module paths, addresses and file descriptors."""
    if isinstance(obj, asyncio.StreamReader | asyncio.StreamWriter):
        transport = getattr(obj, "transport", None) or getattr(obj, "_transport", None)
        peer = transport and transport.get_extra_info("peername")
        return f"<{type(obj).__name__}{f', peer {peer[0]}:{peer[1]}' if peer else ''}>"
    text = re.sub(r" at 0x[0-9a-f]+", "", repr(obj))
    return re.sub(r"\b(asyncio|locks|queues)\.|object ", "", text)
