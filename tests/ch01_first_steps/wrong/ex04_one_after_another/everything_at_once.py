"""Runs the jobs of in_sequence() at the same time, too.

In a sequence each job begins when the one before it has ended: await them one by one.

Fails: test_in_sequence_takes_the_sum
"""

import asyncio


async def in_sequence(jobs):
    return await asyncio.gather(*(job() for job in jobs))


async def at_once(jobs):
    return await asyncio.gather(*(job() for job in jobs))
