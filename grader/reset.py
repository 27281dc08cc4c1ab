"""Brings a stub back. Whatever lay in its place is moved to `.grader/backups/` first.

The order of the steps is such that a learner's text is never only in memory: the new
file is written beside it, the old one moved away, the new one put in its place.
"""

from __future__ import annotations

import contextlib
import os
import shutil
from datetime import datetime
from itertools import count
from pathlib import Path

from grader.cache import FOLDER
from grader.course import Exercise
from grader.errors import UsageError
from grader.stubs import is_stub, stub


def reset(exercise: Exercise, now: datetime) -> Path | None:
    """Restore the stub; where the backup lies, or None if there was nothing to keep.

    Raises UsageError, with everything as it was, if anything cannot be done.
    """
    path = exercise.root / exercise.path
    if _is_plain(path) and is_stub(exercise, path):
        return None
    text = stub(exercise)
    try:
        return _replace(path, text, _place(exercise, now))
    except OSError as error:
        where = error.filename2 or error.filename or exercise.path
        raise UsageError(
            f"`{_relative(where, exercise.root)}`: {error.strerror}. Nothing was "
            "changed: make it writable and try again."
        ) from None


def _replace(path: Path, text: bytes, backup: Path) -> Path | None:
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        draft.write_bytes(text)
        if not os.path.lexists(path):
            draft.replace(path)
            return None
        _move(path, backup)
        try:
            draft.replace(path)
        except BaseException:
            shutil.move(backup, path)
            raise
        return backup
    finally:
        with contextlib.suppress(OSError):
            draft.unlink(missing_ok=True)


def _move(path: Path, backup: Path) -> None:
    """Put it away, whatever it is. Of a link, the text that it led to is kept."""
    backup.parent.mkdir(parents=True, exist_ok=True)
    if path.is_symlink() and path.is_file():
        shutil.copyfile(path, backup)
        path.unlink()  # the file that it led to stays where it is
    else:
        shutil.move(path, backup)


def _place(exercise: Exercise, now: datetime) -> Path:
    """A name in the backups that nothing has."""
    folder = exercise.root / FOLDER / "backups" / exercise.chapter
    stem = f"{exercise.slug}.{now:%Y-%m-%dT%H-%M-%S}"
    names = (f"{stem}{'' if n == 1 else f'.{n}'}.py" for n in count(1))
    return next(folder / n for n in names if not os.path.lexists(folder / n))


def _is_plain(path: Path) -> bool:
    return path.is_file() and not path.is_symlink()


def _relative(name: str | bytes, root: Path) -> str:
    path = Path(os.fsdecode(name))
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else str(path)
