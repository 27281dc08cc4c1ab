"""Files left open, with the line that opened them.

A file object cannot be asked where it came from, but opening it raised an audit event
with the same name. Files that somebody still holds are not seen.
"""

from __future__ import annotations

import re
import sys
from typing import Any

from grader.harness.frames import callers, is_library, line_of
from grader.harness.world import Problem, World, current

_NAME = re.compile(r"^unclosed file <.* name='(?P<name>.*?)'[^']*(?:mode=.*)?>$")
_OPENERS = ("pathlib", "io", "codecs")  # what stands between the line and the event


def _audit(event: str, args: tuple[Any, ...]) -> None:
    if event != "open" or (world := current()) is None:
        return
    for frame in callers(sys._getframe(1)):
        if not is_library(frame.f_code.co_filename):
            world.opened[str(args[0])] = line_of(frame)
            return
        module = str(frame.f_globals.get("__name__", ""))
        if not module.startswith(_OPENERS):
            return


def left_open(text: str, world: World) -> Problem:
    """What a ResourceWarning says, with the line if it is about a file."""
    match = _NAME.match(text)
    if match is None:
        return Problem(f"Something was left open: {text}.")
    line = world.opened.get(match["name"])
    return Problem(
        f"The file {match['name']!r} was never closed: use `with open(…)`.",
        (line,) if line else (),
    )


def install() -> None:
    """Listen, once, for files that are opened."""
    sys.addaudithook(_audit)
