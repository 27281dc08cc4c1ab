"""Calls every job first and awaits them later.

A job may begin its work as soon as it is called. In a sequence, call a job only when
the one before it has ended.

Fails: test_in_sequence_calls_a_job_after_the_one_before
"""

import asyncio


async def in_sequence(jobs):
    coroutines = [job() for job in jobs]
    return [await coroutine for coroutine in coroutines]


async def at_once(jobs):
    return await asyncio.gather(*(job() for job in jobs))
