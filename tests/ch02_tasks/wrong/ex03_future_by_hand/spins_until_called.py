"""Looks again and again, in every turn of the loop.

A loop around `sleep(0)` keeps the processor busy with nothing. Await a future: the
callback that completes it wakes you.

Fails: test_the_result_is_returned_when_it_comes
"""

import asyncio


async def call_back(register):
    answers = []
    register(
        lambda value: answers.append((value, None)),
        lambda error: answers.append((None, error)),
    )
    while not answers:
        await asyncio.sleep(0)
    value, error = answers[0]
    if error is not None:
        raise error
    return value
