"""A program behind a pseudo-terminal, as a learner has it before them."""

from __future__ import annotations

import os
import pty
import re
import select
import subprocess
import sys
import termios
import time
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

HOME = Path(__file__).resolve().parents[2]
PATIENCE = 60.0  # seconds; only a failing test waits so long
# A program of its own session, whose terminal is the one that is named.
_TAKE = """
import fcntl, os, sys, termios
terminal = os.open(sys.argv[1], os.O_RDWR)
fcntl.ioctl(terminal, termios.TIOCSCTTY, 0)
for number in (0, 1, 2):
    os.dup2(terminal, number)
os.execv(sys.executable, [sys.executable, *sys.argv[2:]])
"""
_CODES = re.compile(r"\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b\[[0-?]*[ -/]*[@-~]")
_CLEAR = "\x1b[2J"


class PseudoTerminal:
    """Runs `python ARGV` and reads what it shows; ends it on the way out."""

    def __init__(
        self, *argv: str, columns: int = 80, env: Mapping[str, str] | None = None
    ) -> None:
        self._ours, self._theirs = pty.openpty()
        self.resize(columns)
        self.before = termios.tcgetattr(self._theirs)
        self.said = ""
        self.process = subprocess.Popen(
            [sys.executable, "-c", _TAKE, os.ttyname(self._theirs), *argv],
            start_new_session=True,
            cwd=HOME,
            env=environment(env),
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        os.close(self._ours)
        os.close(self._theirs)

    @property
    def picture(self) -> str:
        """What stands on the screen, without colours and links."""
        return _CODES.sub("", self.said.rpartition(_CLEAR)[2]).replace("\r", "")

    @property
    def is_restored(self) -> bool:
        """Whether the terminal is set as it was before."""
        return termios.tcgetattr(self._theirs) == self.before

    def resize(self, columns: int, rows: int = 40) -> None:
        """Change the size of the window."""
        termios.tcsetwinsize(self._theirs, (rows, columns))

    def restore(self) -> None:
        """Set the terminal as it was before."""
        termios.tcsetattr(self._theirs, termios.TCSANOW, self.before)

    def until_set(self) -> None:
        """Wait until the program has set the terminal to its liking."""
        give_up = time.monotonic() + PATIENCE
        while self.is_restored:
            assert time.monotonic() < give_up
            self._read()

    def press(self, keys: str) -> None:
        """Type `keys`."""
        os.write(self._ours, keys.encode())

    def until(self, *texts: str, without: str = "\0") -> str:
        """Wait for a picture that has all of `texts`, and return it."""
        give_up = time.monotonic() + PATIENCE
        while not self._shows(texts, without):
            assert time.monotonic() < give_up, f"no {texts} in:\n{self.picture}"
            assert self.process.poll() is None or self._read(), self.picture
            self._read()
        return self.picture

    def exit_code(self) -> int:
        """Wait for the end, and read on meanwhile."""
        give_up = time.monotonic() + PATIENCE
        while self.process.poll() is None:
            assert time.monotonic() < give_up, f"it goes on:\n{self.picture}"
            self._read()
        while self._read():
            pass
        return self.process.returncode

    def _shows(self, texts: tuple[str, ...], without: str) -> bool:
        """Only a whole picture counts: the footer, which ends it, tells how to quit."""
        picture = self.picture
        is_whole = "quit" in picture and picture.endswith("\n")
        return is_whole and all(t in picture for t in texts) and without not in picture

    def _read(self) -> bool:
        """Read what there is, or wait a little for it."""
        if not select.select([self._ours], [], [], 0.05)[0]:
            return False
        self.said += os.read(self._ours, 65_536).decode(errors="replace")
        return True


def environment(more: Mapping[str, str] | None = None) -> dict[str, str]:
    """A plain environment, whatever the tests are run from."""
    odd = ("COLUMNS", "LINES", "NO_COLOR", "FORCE_COLOR", "TTY_COMPATIBLE")
    kept = {key: value for key, value in os.environ.items() if key not in odd}
    return {**kept, "TERM": "xterm-256color", "PYTHONUTF8": "1", **(more or {})}
