"""The report of a loop that cannot go on: who waits for what, at which line."""

from __future__ import annotations

import asyncio
import functools
import sys
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from grader.harness.awaiting import wait_of
from grader.harness.frames import callers, is_learner, line_of
from grader.verdict import Line

if TYPE_CHECKING:
    from grader.harness.clock import VirtualLoop
    from grader.harness.world import World

_MOST = 12  # tasks to list: a thousand waiting workers say no more than a dozen


@dataclass(frozen=True)
class Report:
    """`where` holds the innermost line of the learner's for each task."""

    text: str
    where: tuple[Line, ...]


def report(loop: VirtualLoop) -> Report:
    """Describe every unfinished task of `loop`."""
    world = loop.world
    tasks = [task for task, record in world.tasks.items() if record.ours]
    waiting = [task for task in tasks if not task.done() and task.get_loop() is loop]
    entries = [_entry(task, world) for task in waiting[:_MOST]]
    entries += _thread_entries(world)
    texts = [text for text, _ in entries]
    if len(waiting) > _MOST:
        texts.append(f"… and {len(waiting) - _MOST} more tasks")
    where = dict.fromkeys(line for _, line in entries if line is not None)
    when = f"At {world.seconds():g} s of virtual time:"
    return Report("\n".join([when, *texts]), tuple(where))


def _entry(task: asyncio.Task[Any], world: World) -> tuple[str, Line | None]:
    record = world.tasks[task]
    label = world.label(task)
    wait = wait_of(task, world.label)
    lines = wait.lines or ((record.made,) if record.made else ())
    text = "\n".join(
        [f"- {label} waits for {wait.what}", *map(_show, lines)],
    )
    return text, lines[-1] if wait.lines else None


def _show(line: Line) -> str:
    return f"    {line.path}:{line.line}  {line.source}"


def _thread_entries(world: World) -> list[tuple[str, Line | None]]:
    """Threads that wait for each other or for the loop."""
    frames = sys._current_frames()
    names = {thread.ident: thread.name for thread in threading.enumerate()}
    entries: list[tuple[str, Line | None]] = []
    for ident in sorted(world.who_rests() & frames.keys()):
        mine = [f for f in callers(frames[ident]) if is_learner(f.f_code.co_filename)]
        line = line_of(mine[0]) if mine else None
        shown = ["", _show(line)] if line else [""]
        entries.append((f"- thread {names.get(ident)} waits" + "\n".join(shown), line))
    return entries


def _remember_holder(lock: Any) -> None:
    task = asyncio.current_task()
    loop = asyncio.get_running_loop()
    world = getattr(loop, "world", None)
    if world is None:
        return
    caller = next(
        (f for f in callers(sys._getframe(2)) if is_learner(f.f_code.co_filename)), None
    )
    lock.lab_owner = (world.label(task), line_of(caller) if caller else None)


def install() -> None:
    """Let every `asyncio.Lock` remember who holds it, for the report."""
    real_acquire, real_release = asyncio.Lock.acquire, asyncio.Lock.release

    @functools.wraps(real_acquire)
    async def acquire(self: asyncio.Lock) -> Any:
        got = await real_acquire(self)
        _remember_holder(self)
        return got

    @functools.wraps(real_release)
    def release(self: asyncio.Lock) -> None:
        self.lab_owner = None  # type: ignore[attr-defined]
        real_release(self)

    asyncio.Lock.acquire = acquire  # type: ignore[method-assign]
    asyncio.Lock.release = release  # type: ignore[method-assign]
