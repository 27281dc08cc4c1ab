"""Expects a comprehension to run its awaits at the same time.

`[await job() for job in jobs]` is a loop: each await ends before the next begins.
Hand the un-awaited coroutines to `asyncio.gather()`.

Fails: test_at_once_takes_the_longest
"""

import asyncio


async def in_sequence(jobs):
    return [await job() for job in jobs]


async def at_once(jobs):
    coroutines = [job() for job in jobs]
    return [await coroutine for coroutine in coroutines]
