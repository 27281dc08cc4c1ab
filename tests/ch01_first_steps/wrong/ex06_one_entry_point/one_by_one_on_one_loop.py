"""Uses one loop, and awaits the items one after another on it.

`await` in a loop waits for each item before the next starts; `asyncio.gather()`
starts them all.

Fails: test_all_items_run_at_the_same_time
"""

import asyncio


def run_all(f, items):
    async def main():
        return [await f(item) for item in items]

    return asyncio.run(main())


async def outer(f):
    return await f()
