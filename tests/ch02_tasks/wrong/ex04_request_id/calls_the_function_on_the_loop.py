"""Calls the blocking function on the loop's own thread.

An `async def` around a blocking call does not make it a thread: while it blocks, no
task runs. Use `asyncio.to_thread()`.

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
    return f()
