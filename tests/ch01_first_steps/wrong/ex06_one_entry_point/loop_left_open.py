"""Makes an event loop and never closes it.

Who makes a loop must close it. `asyncio.run()` does.

Fails: test_one_loop_for_all_and_closed_at_the_end
"""

import asyncio


def run_all(f, items):
    async def main():
        return await asyncio.gather(*(f(item) for item in items))

    loop = asyncio.new_event_loop()
    return loop.run_until_complete(main())


async def outer(f):
    return await f()
