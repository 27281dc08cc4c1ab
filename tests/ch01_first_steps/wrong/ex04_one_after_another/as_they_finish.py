"""Returns the results in the order in which the jobs end.

The results belong in the order of the jobs: `gather()` keeps it, `as_completed()`
does not.

Fails: test_at_once_keeps_the_order_of_the_jobs
"""

import asyncio


async def in_sequence(jobs):
    return [await job() for job in jobs]


async def at_once(jobs):
    return [await job for job in asyncio.as_completed([job() for job in jobs])]
