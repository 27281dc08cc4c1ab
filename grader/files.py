"""Files that are either written whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

from grader.errors import UsageError


def check_writable(path: Path) -> None:
    """Complain about `path` before the work is done, not after."""
    if path.is_dir():
        raise UsageError(f"`--output {path}` is a folder. Name a file in it.")
    if not path.absolute().parent.is_dir():
        raise UsageError(f"`--output {path}`: there is no folder `{path.parent}`.")


def write_whole(path: Path, text: str) -> None:
    """Write `text` to `path`: readers see the old content or the new, never a part."""
    if path.exists() and not path.is_file():  # a device or a pipe cannot be replaced
        path.write_text(text, encoding="utf-8")
        return
    path = path.resolve()  # a link stays a link
    draft = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        draft.write_text(text, encoding="utf-8")
        draft.replace(path)
    except OSError as error:
        raise UsageError(f"`--output {path}`: {error.strerror}.") from None
    finally:
        draft.unlink(missing_ok=True)
