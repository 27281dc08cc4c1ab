"""Sets the id in a task of its own.

A task runs in a copy of the context: what it sets there, its creator never sees. Set
the id in `handle()` itself.

Fails: test_the_work_sees_the_id
"""

import asyncio
from contextvars import ContextVar

request_id = ContextVar("request_id", default="-")


async def handle(rid, work):
    await asyncio.create_task(remember(rid))
    return await work()


async def remember(rid):
    request_id.set(rid)


async def in_thread(f):
    return await asyncio.to_thread(f)
