"""Hands an empty collection to asyncio.wait().

`asyncio.wait()` raises ValueError when there is nothing to wait for. Without jobs,
return [] before you get there.

Fails: test_without_jobs_there_is_nothing_to_wait_for
"""

import asyncio


async def in_sequence(jobs):
    return [await job() for job in jobs]


async def at_once(jobs):
    tasks = [asyncio.create_task(job()) for job in jobs]
    await asyncio.wait(tasks)
    return [task.result() for task in tasks]
