"""Keeps the id in a `threading.local`.

All tasks of a loop run in one thread, so they share what is local to that thread.
A `ContextVar` has a value of its own in every task.

Fails: test_requests_at_the_same_time_keep_their_ids
"""

import asyncio
import threading


class Current:
    def __init__(self):
        self.local = threading.local()

    def get(self):
        return getattr(self.local, "rid", "-")

    def set(self, rid):
        self.local.rid = rid


request_id = Current()


async def handle(rid, work):
    before = request_id.get()
    request_id.set(rid)
    try:
        return await work()
    finally:
        request_id.set(before)


async def in_thread(f):
    return await asyncio.to_thread(f)
