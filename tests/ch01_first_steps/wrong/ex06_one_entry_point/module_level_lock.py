"""Makes a lock at import and uses it on every loop.

A lock belongs to the first loop on which somebody has to wait for it; on the next it
raises RuntimeError. Make it inside the running program.

Fails: test_run_all_works_whatever_ran_before
"""

import asyncio

LOCK = asyncio.Lock()


def run_all(f, items):
    results = {}

    async def store(place, item):
        result = await f(item)
        async with LOCK:
            await asyncio.sleep(0)
            results[place] = result

    async def main():
        await asyncio.gather(*(store(*pair) for pair in enumerate(items)))
        return [results[place] for place in range(len(items))]

    return asyncio.run(main())


async def outer(f):
    return await f()
