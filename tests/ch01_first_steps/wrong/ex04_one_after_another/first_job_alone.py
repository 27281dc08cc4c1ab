"""Waits for the first job before it starts the others.

All jobs must be under way before you wait for any of them.

Fails: test_at_once_takes_the_longest
"""

import asyncio


async def in_sequence(jobs):
    return [await job() for job in jobs]


async def at_once(jobs):
    if not jobs:
        return []
    first = await jobs[0]()
    return [first, *await asyncio.gather(*(job() for job in jobs[1:]))]
