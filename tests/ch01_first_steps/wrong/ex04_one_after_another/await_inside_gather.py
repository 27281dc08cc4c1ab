"""Awaits the jobs inside the call of gather().

They have all ended before `gather()` is called, one after another, and it gets plain
results. Give it the coroutines, un-awaited.

Fails: test_at_once_takes_the_longest
"""

import asyncio


async def in_sequence(jobs):
    return [await job() for job in jobs]


async def at_once(jobs):
    return await asyncio.gather(*[await job() for job in jobs])
