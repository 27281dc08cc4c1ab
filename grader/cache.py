"""Small memories in `.grader/`. Deleting that folder loses nothing that matters.

Where a memory cannot be read it is empty, where it cannot be written it is forgotten.
"""

from __future__ import annotations

import contextlib
import json
import os
from pathlib import Path
from typing import Any

FOLDER = ".grader"


def recall(root: Path, name: str) -> dict[str, Any]:
    """What was kept under `name`, or nothing."""
    try:
        data = json.loads(_file(root, name).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return data if isinstance(data, dict) else {}


def keep(root: Path, name: str, data: dict[str, Any]) -> None:
    """Keep `data` under `name`, whole or not at all."""
    file = _file(root, name)
    draft = file.with_suffix(f".{os.getpid()}.tmp")
    with contextlib.suppress(OSError):
        file.parent.mkdir(exist_ok=True)
        draft.write_text(json.dumps(data, indent=2), encoding="utf-8")
        draft.replace(file)


def _file(root: Path, name: str) -> Path:
    return root / FOLDER / f"{name}.json"
