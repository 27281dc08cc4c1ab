"""Restores the id only if the work succeeds.

An error skips every line after the `await`. Restore the id in a `finally` block.

Fails: test_the_id_is_gone_after_an_error
"""

import asyncio
from contextvars import ContextVar

request_id = ContextVar("request_id", default="-")


async def handle(rid, work):
    token = request_id.set(rid)
    result = await work()
    request_id.reset(token)
    return result


async def in_thread(f):
    return await asyncio.to_thread(f)
