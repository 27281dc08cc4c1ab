"""Follows the saves of learners' files, for every command that watches.

    async for changed in saves(folder, files):
        ...  # the files among `files` whose content is new, or that came or went

Events of the file system only say when to look; what changed is decided by comparing
contents. So it is all the same how an editor saves: in place, by renaming a draft over
the file, by deletion, or with no change at all, which is no save.
"""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import os
import stat
import time
from collections.abc import AsyncGenerator, Iterable
from dataclasses import dataclass
from pathlib import Path

_STEP = 5  # ms of silence after which a save counts as complete
_LONGEST = 50  # ms after which we look although the saves go on
_HEARTBEAT = 1_000  # ms after which we look although nothing is heard
_POLL = 0.25  # seconds between two looks where nothing is ever heard
_YOUNG = 3.0  # seconds; some file systems tell times no better than that
_LARGE = 2**20  # bytes that no answer comes near


@dataclass(frozen=True)
class Stamp:
    """A file at one moment; equal stamps mean that nobody wrote it in between."""

    content: str  # a hash; empty for what is no readable file
    inode: int = 0
    changed: tuple[int, int] = (0, 0)


def stamp(file: Path) -> Stamp:
    """What `file` is now."""
    try:
        info = file.stat()
        if not stat.S_ISREG(info.st_mode) or info.st_size > _LARGE:
            return Stamp("", info.st_ino, _times(info))
        content = hashlib.blake2b(file.read_bytes(), digest_size=16).hexdigest()
    except OSError:
        return Stamp("")
    return Stamp(content, info.st_ino, _times(info))


async def saves(
    folder: Path, files: Iterable[Path], *, poll: bool = False
) -> AsyncGenerator[set[Path], None]:
    """Those of `files`, all below `folder`, that have changed, whenever some have.

    With `poll`, or where the system has no more events to give, it looks four times a
    second. Otherwise a save is seen after some 10 ms, and at the latest after a second.
    """
    snapshot = _Snapshot(files)
    await asyncio.to_thread(snapshot.look)
    async with contextlib.aclosing(_moments(folder, poll)) as moments:
        async for _ in moments:
            if changed := await asyncio.to_thread(snapshot.look):
                yield changed


async def _moments(folder: Path, poll: bool) -> AsyncGenerator[None, None]:
    """When to look: at events and heartbeats, or by the clock alone."""
    if not poll:
        with contextlib.suppress(OSError, RuntimeError):  # out of inotify watches
            async with contextlib.aclosing(_events(folder)) as events:
                async for _ in events:
                    yield
    while True:
        await asyncio.sleep(_POLL)
        yield


async def _events(folder: Path) -> AsyncGenerator[None, None]:
    # Slow to import. Its own polling compares whole seconds and misses rapid saves.
    from watchfiles import awatch

    events = awatch(
        folder,
        watch_filter=None,
        step=_STEP,
        debounce=_LONGEST,
        rust_timeout=_HEARTBEAT,
        yield_on_timeout=True,
        ignore_permission_denied=True,
    )
    async with contextlib.aclosing(events):
        async for _ in events:
            yield


class _Snapshot:
    """What all files were when we last looked; reads only what may be new."""

    def __init__(self, files: Iterable[Path]) -> None:
        self._stamps: dict[Path, Stamp | None] = dict.fromkeys(files)

    def look(self) -> set[Path]:
        """The files whose content is not what it was."""
        return {file for file in self._stamps if self._is_new(file)}

    def _is_new(self, file: Path) -> bool:
        before = self._stamps[file]
        if before is not None and _is_untouched(file, before):
            return False
        now = self._stamps[file] = stamp(file)
        return before is None or now.content != before.content


def _is_untouched(file: Path, before: Stamp) -> bool:
    """Whether a look at its times is enough to know that its content is the same."""
    try:
        info = file.stat()
    except OSError:
        return before == Stamp("")
    is_old = abs(time.time() - info.st_mtime) > _YOUNG
    return is_old and (info.st_ino, _times(info)) == (before.inode, before.changed)


def _times(info: os.stat_result) -> tuple[int, int]:
    return info.st_mtime_ns, info.st_ctime_ns
