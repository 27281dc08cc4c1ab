"""The selector of the virtual loop: it decides when the clock may jump, or must not.

The guards count, they do not measure: a busy machine cannot trip them.
"""

from __future__ import annotations

import selectors
import time
from typing import TYPE_CHECKING, Any, NoReturn

from grader.harness import deadlock
from grader.harness.errors import BusyLoop, Deadlock, Stuck, TimeBudget
from grader.harness.world import Problem

if TYPE_CHECKING:
    from grader.harness.clock import VirtualLoop

MAX_SPINS = 20_000  # turns of the loop while the clock stands still
MAX_JUMPS = 50_000  # jumps of the clock
MAX_SECONDS = 7 * 24 * 3600.0  # virtual
MAX_TURN_CPU = 1.0  # CPU seconds (not wall-clock) of a single turn
_LAST_TURNS = 500  # of a loop that was stuck, to cancel its tasks
PATIENCE = 10.0  # real seconds without a sign of life from a thread or process

_real_monotonic = time.monotonic
_thread_time = time.thread_time


class VirtualSelector(selectors.DefaultSelector):
    """Polls the kernel; when nothing at all can happen, moves the clock instead."""

    def __init__(self, loop: VirtualLoop) -> None:
        super().__init__()
        self.loop = loop
        self.spins = self.jumps = 0
        self.seconds_left = MAX_SECONDS
        self._turn_began = 0.0

    def select(self, timeout: float | None = None) -> Any:
        self._check_cpu()
        try:
            return self._select(timeout)
        finally:
            self._turn_began = _thread_time()

    def _select(self, timeout: float | None) -> Any:
        # Asked before polling: the poll then sees what a thread posted before it ended.
        busy = self.loop.work.busy()
        events = super().select(0)
        if events:
            self.spins = 0
            return events
        if timeout is not None and timeout <= 0:
            self._count_spin(busy)
            return events
        self.spins = 0
        if busy:
            return self._wait_for_threads()
        if self.loop.watches_outside():
            return self._at_the_real_rate(timeout)
        return self._jump(timeout)

    def _jump(self, timeout: float | None) -> Any:
        loop = self.loop
        if timeout is None:
            self._stop(
                Deadlock, "Deadlock: every task waits for something that cannot happen."
            )
        loop.world.advance(timeout)
        self.jumps += 1
        self.seconds_left -= timeout
        if self.jumps > MAX_JUMPS or self.seconds_left < 0:
            self._stop(
                TimeBudget,
                f"Still running after {loop.world.seconds():g} virtual seconds: "
                "does a `while True` with a sleep in it never end?",
            )
        return []

    def _count_spin(self, busy: bool) -> None:
        self.spins += 1
        if self.spins > MAX_SPINS and not busy:
            self._stop(
                BusyLoop,
                f"Busy loop: {MAX_SPINS:,} turns of the event loop and the clock never "
                "moved. Wait for an event, not in a loop around `sleep(0)`.",
            )

    def _wait_for_threads(self) -> Any:
        """The clock stands still while a thread works for us."""
        deadline = _real_monotonic() + PATIENCE
        while True:
            # A thread that ends sends no signal: look again every other millisecond.
            pause = 0.002 if self.loop.work.raw_threads() else 0.05
            events = super().select(pause)
            if events or not self.loop.work.busy():
                return events
            if _real_monotonic() > deadline:
                self._lose_patience()
                return events

    def _lose_patience(self) -> None:
        if not self.loop.work.give_up_raw_threads():
            self._stop(
                Deadlock,
                f"Deadlock: a job in a thread or process has not ended in {PATIENCE:g} "
                "real seconds.",
            )

    def _at_the_real_rate(self, timeout: float | None) -> Any:
        began = _real_monotonic()
        events = super().select(PATIENCE if timeout is None else timeout)
        if timeout is None and not events:
            self._jump(None)
        passed = _real_monotonic() - began
        self.loop.world.advance(passed if events or timeout is None else timeout)
        return events

    def _check_cpu(self) -> None:
        used = _thread_time() - self._turn_began
        if self._turn_began and used > MAX_TURN_CPU:
            self.loop.world.problems.append(
                Problem(
                    f"One turn of the event loop used {used:.1f} s of CPU: nothing "
                    "else could run meanwhile. Give the others a turn now and then, or "
                    "move the work to a thread or a process."
                )
            )

    def _stop(self, kind: type[Stuck], headline: str) -> NoReturn:
        """Raise `kind` with the report of who waits for what."""
        report = deadlock.report(self.loop)
        error = kind(f"{headline}\n{report.text}", report.where)
        self.loop.world.stuck = self.loop.world.stuck or error
        self.loop.hold_tasks()
        # Runner.close() shall still be able to cancel everything, but soon.
        self.spins = MAX_SPINS - _LAST_TURNS
        self.jumps = MAX_JUMPS - _LAST_TURNS
        self.seconds_left += 3600
        raise error
