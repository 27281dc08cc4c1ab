"""Screens that are kept whole in `golden/`.

`KATA_GOLDEN=write python -m pytest tests/grader` writes them anew: look at what
changed before you commit it.
"""

from __future__ import annotations

import os
from pathlib import Path

_FOLDER = Path(__file__).parent / "golden"


def compare(name: str, text: str) -> None:
    """Compare with the golden text of that name."""
    file = _FOLDER / f"{name}.txt"
    if os.environ.get("KATA_GOLDEN") == "write":
        file.write_text(text, encoding="utf-8")
    assert text == file.read_text(encoding="utf-8")
