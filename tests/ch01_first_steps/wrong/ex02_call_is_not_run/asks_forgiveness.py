"""Takes every TypeError for "this cannot be awaited".

The awaited work may raise a TypeError of its own, and the caller must see it. Find out
before you await whether `x` can be awaited.

Fails: test_an_error_comes_out_unchanged
"""

import inspect


async def resolve(x):
    try:
        return await x
    except TypeError:
        return x


def started(calls):
    return [not is_coroutine(call()) for call in calls]


def is_coroutine(made):
    if inspect.iscoroutine(made):
        made.close()
        return True
    return False
