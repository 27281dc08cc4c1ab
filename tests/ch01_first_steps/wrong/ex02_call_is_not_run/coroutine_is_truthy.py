"""Takes a coroutine for a result, since it is true.

A coroutine object is always true, whatever it would return: it says nothing about
whether the function has run. Ask whether the call returned a coroutine.

Fails: test_started_tells_a_run_from_a_call
"""

import inspect


async def resolve(x):
    if inspect.isawaitable(x):
        return await x
    return x


def started(calls):
    return [True if call() else False for call in calls]
