"""Leaves the coroutines that it made lying about.

A coroutine must be awaited or closed. Where you cannot await it, call its `close()`.

Fails: test_started_tells_a_run_from_a_call
"""

import inspect


async def resolve(x):
    if inspect.isawaitable(x):
        return await x
    return x


def started(calls):
    return [not inspect.iscoroutine(call()) for call in calls]
