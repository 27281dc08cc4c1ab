"""Lets saves, keys, signals and verdicts meet: one task each, one state, one screen."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import time
from collections.abc import Callable, Collection
from dataclasses import replace
from pathlib import Path

from grader.course import Exercise
from grader.hints import next_hints
from grader.runner import Case, Runner, RunnerError, Settings
from grader.saves import saves
from grader.verdict import Verdict
from grader.watch.desk import Desk
from grader.watch.display import Display
from grader.watch.keys import Keyboard
from grader.watch.state import State

_FRAME = 0.02  # seconds between two pictures
_SOON = 0.15  # seconds after which the old verdict makes room for "judging"


class _OverError(Exception):
    """Ends the group of tasks."""


class Session:
    """One sitting: `await Session(...).run()` until a key or a signal ends it."""

    def __init__(
        self, state: State, settings: Settings, display: Display, *, poll: bool
    ) -> None:
        self._state = state
        self._settings = settings
        self._display = display
        self._poll = poll
        self._files = {self._file(e): e for e in state.results.exercises}
        self._new = asyncio.Event()  # there is something to draw
        self._over = asyncio.Event()
        self._exit_code = 0

    async def run(self, keyboard: Keyboard | None) -> int:
        """Watch, and return the exit code."""
        self._later = asyncio.get_running_loop().call_later
        self._waiting = self._later(_SOON, self._admit_waiting)
        every = len(self._files) + 1  # the desk's turns are the only limit
        try:
            async with (
                Runner(replace(self._settings, jobs=every)) as runner,
                asyncio.TaskGroup() as group,
            ):
                self._start(runner, group, keyboard)
                await self._over.wait()
                raise _OverError
        except* _OverError:
            pass
        return self._exit_code

    def _start(
        self, runner: Runner, group: asyncio.TaskGroup, keyboard: Keyboard | None
    ) -> None:
        jobs, early = self._settings.jobs, self._display.early
        self._desk = Desk(runner, group, self._file, self._report, jobs, early)
        self._listen(keyboard)
        group.create_task(self._draw())
        group.create_task(self._follow_saves())
        if keyboard is not None:
            group.create_task(self._follow_keys(keyboard))
        if self._state.current:
            self._turn()
        for exercise in self._state.results.exercises:
            if exercise != self._state.current:
                self._desk.ask(exercise)

    def _listen(self, keyboard: Keyboard | None) -> None:
        """React to signals, those that there are on this system."""

        def wake() -> None:
            if keyboard is not None:
                keyboard.attach()
            self._new.set()

        reactions: dict[str, Callable[[], None]] = {
            "SIGWINCH": self._new.set,
            "SIGCONT": wake,
            "SIGTERM": lambda: self._end(128 + signal.SIGTERM),
            "SIGHUP": lambda: self._end(128 + 1),
        }
        for name, reaction in reactions.items():
            if hasattr(signal, name) and hasattr(signal, "SIGCONT"):
                number = getattr(signal, name)
                asyncio.get_running_loop().add_signal_handler(number, reaction)

    async def _draw(self) -> None:
        while True:
            self._new.clear()
            self._display.show(self._state)
            await asyncio.sleep(_FRAME)
            await self._new.wait()

    async def _follow_saves(self) -> None:
        folder = self._settings.root / self._settings.answers
        events = saves(folder, self._files, poll=self._poll)
        async with contextlib.aclosing(events):
            async for changed in events:
                self._judge_again({self._files[file] for file in changed})

    async def _follow_keys(self, keyboard: Keyboard) -> None:
        actions = {
            "h": self._hint,
            "l": lambda: self._state.toggle("list"),
            "t": self._trace,
            "n": self._go_on,
            "q": self._end,
        }
        keyboard.attach()
        async for key in keyboard.keys():
            if action := actions.get(key):
                action()
                self._new.set()
        self._end(128 + 1)  # the terminal has been closed

    def _judge_again(self, changed: Collection[Exercise]) -> None:
        self._state.follow(changed)
        self._state.forget(changed)
        for exercise in changed:
            if exercise != self._state.current:
                self._desk.ask(exercise)
        if self._state.current in changed:
            self._turn()

    def _turn(self) -> None:
        """Judge what is shown before all else."""
        if self._state.current:
            self._desk.ask(self._state.current, now=True)
            self._waiting.cancel()
            self._waiting = self._later(_SOON, self._admit_waiting)

    def _admit_waiting(self) -> None:
        if self._state.verdict is None:
            self._new.set()

    def _report(self, exercise: Exercise, found: Verdict | RunnerError) -> None:
        state = self._state
        if isinstance(found, RunnerError):
            state.faults[exercise] = str(found)
        else:
            state.add(exercise, found)
        if state.current is None:
            state.find_first()
            if state.current and not state.panel and not self._display.early:
                state.forget([state.current])  # a log waits for the closer look
            self._turn()
        if state.current in (None, exercise) or state.known == len(self._files):
            self._new.set()
        if state.current == exercise:
            state.judged_at = time.strftime("%H:%M:%S")

    def _hint(self) -> None:
        if self._state.current:
            course = self._state.results.course
            self._state.hints = next_hints(course, self._state.current)

    def _trace(self) -> None:
        if self._state.panel == "trace" or self._state.current is None:
            self._state.panel = ""
        else:
            self._desk.group.create_task(self._compare(self._state.current))

    async def _compare(self, exercise: Exercise) -> None:
        """Open the trace once the reference has been judged too, if there is one."""
        references = self._state.references
        folder = self._settings.root / "solutions" / exercise.chapter
        file = folder / f"{exercise.slug}.py"
        if exercise not in references and file.is_file():
            found = await self._desk.verdict(Case(exercise, file))
            if isinstance(found, Verdict):
                references[exercise] = found
        if exercise == self._state.current:
            self._state.panel = "trace"
            self._new.set()

    def _go_on(self) -> None:
        before = self._state.current
        self._state.go_on()
        if self._state.current != before:
            self._turn()

    def _end(self, exit_code: int = 0) -> None:
        self._exit_code = exit_code
        self._over.set()

    def _file(self, exercise: Exercise) -> Path:
        answers = self._settings.root / self._settings.answers
        return answers / exercise.chapter / f"{exercise.slug}.py"
