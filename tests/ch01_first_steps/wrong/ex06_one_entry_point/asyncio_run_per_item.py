"""Calls asyncio.run() for each item.

Every call makes a loop, runs one item to its end and closes the loop: nothing runs at
the same time. Call `asyncio.run()` once and do all the work inside it.

Fails: test_one_loop_for_all_and_closed_at_the_end
"""

import asyncio


def run_all(f, items):
    return [asyncio.run(f(item)) for item in items]


async def outer(f):
    return await f()
