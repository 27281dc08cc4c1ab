"""Show the verdict on the current exercise whenever you save it."""

from __future__ import annotations

import sys
from contextlib import nullcontext

from grader.call import Call
from grader.errors import UsageError
from grader.job import prepare
from grader.mounts import tells_nothing
from grader.terminal import console, write


def run(call: Call) -> int:
    """Watch until `q` or Ctrl-C. Without a terminal there are no keys, only lines."""
    from grader.watch.display import Display, Log, Screen
    from grader.watch.state import State
    from grader.watch.view import opening

    scope = call.course.select(call.options.words)
    _check(call)
    job = prepare(call.course, call.course.exercises, call.options)
    state = State(job.results, scope, scope[0] if len(scope) == 1 else None)
    on_screen = sys.stdout.isatty() and not console().is_dumb_terminal
    has_keys = on_screen and sys.stdin.isatty()
    display: Display = Screen(keys=has_keys) if on_screen else Log()
    if on_screen:
        display.show(state)
    else:
        write(opening(state))

    import asyncio  # slow, like all that follows, and there is something to read now

    from grader.judging import settings
    from grader.watch.keys import keyboard
    from grader.watch.session import Session

    poll = call.options.poll or tells_nothing(job.answers)
    with keyboard() if has_keys else nullcontext() as keys:
        session = Session(state, settings(job), display, poll=poll)
        return asyncio.run(session.run(keys))


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
            f"`{option}` does not go with `watch`. Try `python -m grader watch`."
        )
