"""Returns the coroutine instead of its result.

`async def` does not await what you return: the caller would get a coroutine that
nobody has run. Write `return await x`.

Fails: test_a_coroutine_is_awaited
"""

import inspect


async def resolve(x):
    return x


def started(calls):
    return [not is_coroutine(call()) for call in calls]


def is_coroutine(made):
    if inspect.iscoroutine(made):
        made.close()
        return True
    return False
