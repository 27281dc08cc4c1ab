"""Single keys from a terminal, without Enter, and the terminal as it was afterwards."""

from __future__ import annotations

import asyncio
import os
import re
import sys
from collections.abc import AsyncGenerator, Iterator
from contextlib import contextmanager
from typing import Protocol

_ESCAPES = re.compile(rb"\x1b(\[[0-?]*[ -/]*[@-~]|O.|.)?", re.DOTALL)  # arrows and such
_PAUSE = 0.05  # seconds between two looks at the keyboard of Windows


class Keyboard(Protocol):
    """A terminal that tells every key at once."""

    def attach(self) -> None:
        """Take keys one by one, from now on and after the shell has had its turn."""

    def keys(self) -> AsyncGenerator[str, None]:
        """The keys as they are typed, until the terminal is gone."""


def letters(data: bytes) -> str:
    """The keys in what a terminal sent, in lower case, without arrows and the like."""
    return _ESCAPES.sub(b"", data).decode(errors="ignore").lower()


if sys.platform == "win32":
    import msvcrt

    class _Windows:
        """The console of Windows, which has to be asked."""

        def attach(self) -> None:
            return

        async def keys(self) -> AsyncGenerator[str, None]:
            while True:
                while msvcrt.kbhit():
                    key = msvcrt.getwch()
                    if key in "\0\xe0":  # an arrow or such: its code follows
                        msvcrt.getwch()
                    else:
                        yield key.lower()
                await asyncio.sleep(_PAUSE)

    @contextmanager
    def keyboard() -> Iterator[Keyboard]:
        """The keyboard of standard input, which must be a terminal."""
        yield _Windows()

else:
    import termios
    import tty

    class _Posix:
        """A terminal without lines and echo. Ctrl-C still interrupts."""

        def __init__(self, fd: int) -> None:
            self._fd = fd

        def attach(self) -> None:
            tty.setcbreak(self._fd, termios.TCSADRAIN)

        async def keys(self) -> AsyncGenerator[str, None]:
            loop = asyncio.get_running_loop()
            typed: asyncio.Queue[bytes] = asyncio.Queue()
            loop.add_reader(self._fd, lambda: typed.put_nowait(self._read()))
            try:
                while data := await typed.get():
                    for key in letters(data):
                        yield key
            finally:
                loop.remove_reader(self._fd)

        def _read(self) -> bytes:
            try:
                return os.read(self._fd, 1024)
            except OSError:  # the terminal has been closed
                return b""

    @contextmanager
    def keyboard() -> Iterator[Keyboard]:
        """The keyboard of standard input, a terminal that is left as it was."""
        fd = sys.stdin.fileno()
        before = termios.tcgetattr(fd)
        try:
            yield _Posix(fd)
        finally:
            termios.tcsetattr(fd, termios.TCSADRAIN, before)
