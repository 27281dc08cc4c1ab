"""Makes a task of each job and awaits it on the spot.

To create a task and await it at once is the same as to await the coroutine. Create all
the tasks first, then await them.

Fails: test_at_once_takes_the_longest
"""

import asyncio


async def in_sequence(jobs):
    return [await job() for job in jobs]


async def at_once(jobs):
    return [await asyncio.create_task(job()) for job in jobs]
