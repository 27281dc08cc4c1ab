"""Where a line of a module stands, so that tests need not count lines."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

from grader.harness.frames import short


def number(module: ModuleType, source: str) -> int:
    """The number of the only line of `module` that is `source`."""
    lines = [line.strip() for line in inspect.getsource(module).splitlines()]
    assert lines.count(source) == 1, f"{source!r} is there {lines.count(source)} times"
    return lines.index(source) + 1


def path(module: ModuleType) -> str:
    """The file of `module`, as the lab shows it."""
    assert module.__file__ is not None
    return short(str(Path(module.__file__)))


def shown(module: ModuleType, source: str) -> str:
    """The line as reports show it."""
    return f"    {path(module)}:{number(module, source)}  {source}"


def functions(module: ModuleType) -> list[Callable[[], Any]]:
    """The functions that `module` defines, in order."""
    return [
        member
        for name, member in vars(module).items()
        if inspect.isfunction(member)
        and member.__module__ == module.__name__
        and not name.startswith("_")
    ]
