"""Awaits each job in a loop and calls that "at once".

`await` waits here and now, so the times add up. Start all jobs before you wait for
any.

Fails: test_at_once_takes_the_longest
"""


async def in_sequence(jobs):
    return [await job() for job in jobs]


async def at_once(jobs):
    results = []
    for job in jobs:
        results.append(await job())
    return results
