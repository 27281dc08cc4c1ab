"""Awaits everything, values too.

Only what has `__await__` can be awaited; `await 42` is a TypeError. Ask first whether
`x` can be awaited.

Fails: test_a_plain_value_is_returned_as_it_is
"""

import inspect


async def resolve(x):
    return await x


def started(calls):
    return [not is_coroutine(call()) for call in calls]


def is_coroutine(made):
    if inspect.iscoroutine(made):
        made.close()
        return True
    return False
