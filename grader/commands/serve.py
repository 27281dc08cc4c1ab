"""Show the course in the browser, up to date with every save."""

from __future__ import annotations

import contextlib

from grader.call import ALL_PASSED, Call
from grader.errors import UsageError
from grader.job import prepare
from grader.terminal import write
from grader.web.port import address, listen


def run(call: Call) -> int:
    """Serve until Ctrl-C, which is how it is meant to end: the exit code is 0."""
    _check(call)
    job = prepare(call.course, call.course.select(call.options.words), call.options)
    with listen(call.options.port) as listener, contextlib.suppress(KeyboardInterrupt):
        write(f"asyncio kata is at {address(listener)}\nCtrl-C ends it.\n")
        from grader.web.server import serve  # slow, and the address is known now

        serve(job, listener)
    write("\n")
    return ALL_PASSED


def _check(call: Call) -> None:
    """Complain about options that make no sense here."""
    options = call.options
    given = {
        "--answer": options.answer is not None,
        "--output": options.output is not None,
        "--format": options.format != "text",
    }
    for option in (name for name, is_given in given.items() if is_given):
        raise UsageError(
            f"`{option}` does not go with `serve`. Try `python -m grader serve`."
        )
