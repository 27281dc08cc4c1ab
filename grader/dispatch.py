"""Finds commands by the names of their files, without importing them."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from grader import sources

if TYPE_CHECKING:
    from grader.call import Call

_FOLDER = Path(__file__).parent / "commands"


def names() -> list[str]:
    """All commands."""
    return sorted(path.stem for path in _FOLDER.glob("[a-z]*.py"))


def summary(name: str) -> str:
    """What a command does, in a few words."""
    return sources.title(_FOLDER / f"{name}.py")


def load(name: str) -> Callable[[Call], int]:
    """The function of the command called `name`."""
    run: Callable[[Call], int] = importlib.import_module(f"grader.commands.{name}").run
    return run
