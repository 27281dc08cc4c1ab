"""Awaits coroutines and nothing else.

Tasks and futures can be awaited too, as can any object with `__await__`: ask for
that, not for coroutines.

Fails: test_a_task_and_a_future_are_awaited
"""

import inspect


async def resolve(x):
    if inspect.iscoroutine(x):
        return await x
    return x


def started(calls):
    return [not is_coroutine(call()) for call in calls]


def is_coroutine(made):
    if inspect.iscoroutine(made):
        made.close()
        return True
    return False
