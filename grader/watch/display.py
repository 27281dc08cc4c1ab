"""Where the one who watches looks: a screen that is drawn anew, or a log that grows."""

from __future__ import annotations

import time
from typing import Protocol

from grader import terminal
from grader.watch import view
from grader.watch.state import State

_WIDEST_TRACE = 180  # room for two charts


class Display(Protocol):
    """Shows the state. `early` asks for verdicts before their mistakes have names."""

    early: bool

    def show(self, state: State) -> None:
        """Show what is new."""


class Screen:
    """A terminal: the whole picture in one go, fitted to its present size."""

    early = True

    def __init__(self, *, keys: bool) -> None:
        self._keys = keys

    def show(self, state: State) -> None:
        if state.panel == "trace":
            console = terminal.console(widest=_WIDEST_TRACE)
        else:
            console = terminal.console()
        with console:  # written at once, so that nothing flickers
            console.clear()
            console.print(view.picture(state, keys=self._keys))


class Log:
    """Anything else: each verdict once, as plain lines."""

    early = False

    def __init__(self) -> None:
        self._shown: object = None

    def show(self, state: State) -> None:
        found = state.fault or state.verdict
        if state.panel == "summary":
            found = "summary"
        if found is None or found is self._shown:
            return
        self._shown = found
        moment = time.strftime("%H:%M:%S")
        terminal.show(terminal.console(), view.entry(state, moment))
