"""Sets the id back to "-" instead of to what it was.

Inside another `handle()` the id from before is not "-". The token that `set()` returns
remembers it: `reset(token)`.

Fails: test_one_request_inside_another
"""

import asyncio
from contextvars import ContextVar

request_id = ContextVar("request_id", default="-")


async def handle(rid, work):
    request_id.set(rid)
    try:
        return await work()
    finally:
        request_id.set("-")


async def in_thread(f):
    return await asyncio.to_thread(f)
