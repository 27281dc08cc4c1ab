"""Looks at the function instead of what the call returned.

`iscoroutinefunction()` does not see through a lambda or a wrapper that returns a
coroutine. Make the call and look at its result.

Fails: test_started_looks_at_what_the_call_returned
"""

import inspect


async def resolve(x):
    if inspect.isawaitable(x):
        return await x
    return x


def started(calls):
    answers = []
    for call in calls:
        made = call()
        ran = not inspect.iscoroutinefunction(call)
        if not ran:
            made.close()
        answers.append(ran)
    return answers
