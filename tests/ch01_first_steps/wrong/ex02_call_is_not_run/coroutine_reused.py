"""Awaits the same coroutine twice.

A coroutine runs once; awaiting it again is a RuntimeError. Await it once and keep the
result in a variable.

Fails: test_a_coroutine_is_awaited
"""

import inspect


async def resolve(x):
    if inspect.isawaitable(x) and await x is not None:
        return await x
    return x


def started(calls):
    return [not is_coroutine(call()) for call in calls]


def is_coroutine(made):
    if inspect.iscoroutine(made):
        made.close()
        return True
    return False
