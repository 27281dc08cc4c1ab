"""Starts a thread and blocks the loop until it has ended.

`thread.join()` stops the loop's own thread, and with it every task. Await the thread's
end: `asyncio.to_thread()`.

Fails: test_the_thread_sees_the_id
"""

import asyncio
import contextvars
import threading
from contextvars import ContextVar

request_id = ContextVar("request_id", default="-")


async def handle(rid, work):
    token = request_id.set(rid)
    try:
        return await work()
    finally:
        request_id.reset(token)


async def in_thread(f):
    context = contextvars.copy_context()
    results = []
    thread = threading.Thread(target=lambda: results.append(context.run(f)))
    thread.start()
    thread.join()
    return results[0]
