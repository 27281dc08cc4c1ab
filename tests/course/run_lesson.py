"""Runs the programs of one lesson on the virtual clock: `-m tests.course.run_lesson`.

Prints one line of JSON for each: [line, what it printed, the error that ended it].
"""

import contextlib
import gc
import io
import json
import sys
from pathlib import Path
from types import ModuleType

from grader.harness.lab import patch
from grader.harness.world import World, inhabit

from .lessons import Block, blocks


def main(path: str) -> None:
    """Run all programs in the Markdown file at `path`."""
    patch()
    for block in blocks(Path(path).read_text(encoding="utf-8")):
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            error = _run(block, path)
        print(json.dumps([block.line, printed.getvalue(), error]), flush=True)


def _run(block: Block, path: str) -> str | None:
    """Run one program as a module named `__main__`, in a world of its own."""
    module = sys.modules["__main__"] = ModuleType("__main__")
    # Empty lines in front give the code the line numbers of the lesson.
    source = "\n" * block.line + block.code
    try:
        with inhabit(World()):
            exec(compile(source, path, "exec"), module.__dict__)
            module.__dict__.clear()
            gc.collect()
    except BaseException as error:
        return f"{type(error).__name__}: {getattr(error, 'message', error)}"
    return None


if __name__ == "__main__":
    main(sys.argv[1])
