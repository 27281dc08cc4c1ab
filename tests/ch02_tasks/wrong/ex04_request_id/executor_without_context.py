"""Sends the function to an executor, which does not know the context.

`run_in_executor()` calls it in a thread with an empty context. `asyncio.to_thread()`
takes a copy of the caller's context along.

Fails: test_the_thread_sees_the_id
"""

import asyncio
from contextvars import ContextVar

request_id = ContextVar("request_id", default="-")


async def handle(rid, work):
    token = request_id.set(rid)
    try:
        return await work()
    finally:
        request_id.reset(token)


async def in_thread(f):
    return await asyncio.get_running_loop().run_in_executor(None, f)
