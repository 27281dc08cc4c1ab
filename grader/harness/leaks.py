"""What a test must not leave behind. Each check is deterministic and names a line.

Private name used here, pinned by tests/grader/lab/test_private_names.py:
`Future._log_traceback`, true as long as nobody has looked at the exception.
"""

from __future__ import annotations

import asyncio
import gc
import sys
import warnings
from collections.abc import Iterator
from typing import Any

from grader.harness import open_files, sessions
from grader.harness.problems import lost, still_running, unfinished_generator
from grader.harness.unawaited import never_awaited
from grader.harness.world import Problem, World

_ORIGIN_DEPTH = 6  # frames kept of the place where each coroutine was made


async def _turns(number: int) -> None:
    for _ in range(number):
        await asyncio.sleep(0)


class Watch:
    """Collects warnings while a test's body runs; `finish()` lists the problems."""

    def __init__(self, world: World, loop: Any = None) -> None:
        self.world, self.loop = world, loop
        self._catcher = warnings.catch_warnings(record=True)

    def __enter__(self) -> Watch:
        gc.freeze()  # what is older cannot be ours, and need not be searched again
        self._http = sessions.begin()
        sessions.track()
        # What fixtures have made is theirs, also when the test itself is a sync one.
        self._older = {*self.world.tasks, *self.world.loops}
        for older in self.world.loops:
            older.forgive()
        self._depth = sys.get_coroutine_origin_tracking_depth()
        sys.set_coroutine_origin_tracking_depth(_ORIGIN_DEPTH)
        caught = self._catcher.__enter__()
        self._caught = [] if caught is None else caught
        warnings.simplefilter("always", RuntimeWarning)
        warnings.simplefilter("always", ResourceWarning)
        return self

    def __exit__(self, *exc_info: Any) -> None:
        self._catcher.__exit__(*exc_info)
        sys.set_coroutine_origin_tracking_depth(self._depth)
        sessions.end(self._http)

    def finish(self) -> list[Problem]:
        """Everything that is wrong now, each once; call it before leaving."""
        self._settle()
        found = [
            *self._tasks(),
            *self._lost(),
            *sessions.left_open(self._http),
            *self._connections(),
            *self._generators(),
            *self._loops(),
        ]
        gc.collect()
        found += [*self.world.problems, *self._warned()]
        return list(dict.fromkeys(found))

    def _settle(self) -> None:
        """Let callbacks that close things run, in no time."""
        loop = self.loop
        if loop is None or loop.is_closed() or loop.is_running() or self.world.stuck:
            return
        loop.run_until_complete(_turns(3))

    def _tasks(self) -> Iterator[Problem]:
        if self.world.stuck:
            return
        for task, record in self.world.tasks.items():
            alive = not task.done() and not task.get_loop().is_closed()
            if record.ours and alive and task not in self._older:
                yield still_running(task, record, self.world)
        work = getattr(self.loop, "work", None)
        if work is not None and work.unfinished():
            yield Problem(
                f"{work.unfinished()} job(s) in threads or processes still ran at the "
                "end: await what `to_thread` or `run_in_executor` returns."
            )

    def _lost(self) -> Iterator[Problem]:
        for task, record in self.world.tasks.items():
            # Independent of when the garbage collector runs.
            if record.ours and task.done() and getattr(task, "_log_traceback", False):
                yield lost(task, record)

    def _connections(self) -> Iterator[Problem]:
        network = getattr(self.loop, "network", None)
        if network is not None and not self.world.stuck:
            yield from network.left_open()

    def _loops(self) -> Iterator[Problem]:
        for loop in self.world.loops:
            if loop in self._older or loop.is_closed() or loop.is_running():
                continue
            yield Problem(
                "An event loop was made and never closed: let `asyncio.run()` make "
                "it, which closes it too.",
                (loop.made,) if loop.made else (),
            )
            loop.close()

    def _generators(self) -> Iterator[Problem]:
        for loop in self.world.loops:
            for agen in list[Any](loop.generators):
                if agen.ag_frame is not None and not agen.ag_running:
                    yield unfinished_generator(agen)

    def _warned(self) -> Iterator[Problem]:
        for warning in self._caught:
            text = str(warning.message)
            if "was never awaited" in text:
                yield never_awaited(text, warning.source)
            elif issubclass(warning.category, ResourceWarning):
                if not text.lower().startswith("unclosed c"):  # sessions.py has it
                    yield open_files.left_open(text, self.world)
            elif issubclass(warning.category, RuntimeWarning):
                yield Problem(f"Python warns: {text}")
