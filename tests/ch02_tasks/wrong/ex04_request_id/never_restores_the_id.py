"""Leaves the id set when the request has ended.

`handle()` runs in its caller's context, so the id stays there for whatever comes next.
Keep the token that `set()` returns, and `reset()` with it.

Fails: test_the_id_is_gone_afterwards
"""

import asyncio
from contextvars import ContextVar

request_id = ContextVar("request_id", default="-")


async def handle(rid, work):
    request_id.set(rid)
    return await work()


async def in_thread(f):
    return await asyncio.to_thread(f)
