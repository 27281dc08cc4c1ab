"""Looks ten times a second whether the answer is there.

Polling wakes up thousands of times for nothing, and still too late. Await a future:
the callback that completes it wakes you.

Fails: test_nobody_looks_again_and_again
"""

import asyncio


async def call_back(register):
    answers = []
    register(
        lambda value: answers.append((value, None)),
        lambda error: answers.append((None, error)),
    )
    while not answers:
        await asyncio.sleep(0.1)
    value, error = answers[0]
    if error is not None:
        raise error
    return value
