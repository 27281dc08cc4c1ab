"""Calls gather() before there is a loop.

`asyncio.run(asyncio.gather(...))` calls `gather()` first, and no loop is running yet.
Write `async def main()`, gather inside it, and hand `main()` to `asyncio.run()`.

Fails: test_run_all_returns_results_in_order
"""

import asyncio


def run_all(f, items):
    return asyncio.run(asyncio.gather(*(f(item) for item in items)))


async def outer(f):
    return await f()
