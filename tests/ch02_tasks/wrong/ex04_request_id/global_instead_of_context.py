"""Keeps the id in one place for everybody.

All tasks share a global: the next request overwrites it while the first one waits.
A `ContextVar` has a value of its own in every task.

Fails: test_requests_at_the_same_time_keep_their_ids
"""

import asyncio


class Current:
    rid = "-"

    def get(self):
        return self.rid

    def set(self, rid):
        self.rid = rid


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
