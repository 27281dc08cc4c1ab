"""Runs the coroutines in order to find out whether they have run.

The question is what the call alone has done: look at what it returned, let nothing run.

Fails: test_started_tells_a_run_from_a_call
"""

import asyncio
import inspect


async def resolve(x):
    if inspect.isawaitable(x):
        return await x
    return x


def started(calls):
    answers = []
    for call in calls:
        made = call()
        if inspect.iscoroutine(made):
            asyncio.run(made)
        answers.append(not inspect.iscoroutine(made))
    return answers
