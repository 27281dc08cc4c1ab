"""Asyncio's own variations, under which a good answer must hold as well.

`debug` is asyncio's debug mode; `eager` starts each task at once, by the eager task
factory that Python has from 3.12 on.
"""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

MODES = ("plain", "debug", "eager")
_chosen = "plain"


def choose(config: pytest.Config) -> None:
    """Have every loop of the lab that is made from now on run in `--loop-mode`."""
    global _chosen
    _chosen = config.getoption("--loop-mode")
    if _chosen == "debug":  # else pytest-asyncio switches it off in its own runner
        config.option.asyncio_debug = True


def apply(loop: asyncio.AbstractEventLoop) -> None:
    """Put a new loop into the chosen mode."""
    factory: Any = getattr(asyncio, "eager_task_factory", None)
    if _chosen == "debug":
        loop.set_debug(True)
    elif _chosen == "eager" and factory is not None:
        loop.set_task_factory(factory)
