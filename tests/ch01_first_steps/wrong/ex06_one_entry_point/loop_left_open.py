"""Makes an event loop and never closes it.

Who makes a loop must close it. `asyncio.run()` does.

Fails: test_run_all_returns_results_in_order
"""

import asyncio


def run_all(f, items):
    async def main():
        return await asyncio.gather(*(f(item) for item in items))

    loop = asyncio.new_event_loop()
    return loop.run_until_complete(main())


async def outer(f):
    return await f()
