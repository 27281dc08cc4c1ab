"""Takes the results of tasks that have not run yet.

`task.result()` does not wait; on an unfinished task it raises InvalidStateError.
Await the task.

Fails: test_at_once_takes_the_longest
"""

import asyncio


async def in_sequence(jobs):
    return [await job() for job in jobs]


async def at_once(jobs):
    tasks = [asyncio.create_task(job()) for job in jobs]
    return [task.result() for task in tasks]
