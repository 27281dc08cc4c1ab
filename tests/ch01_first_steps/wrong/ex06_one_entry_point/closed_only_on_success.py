"""Closes the loop only when nothing fails.

An error skips `loop.close()`: it belongs in a `finally`. `asyncio.run()` has one.

Fails: test_the_loop_is_closed_when_an_item_fails
"""

import asyncio


def run_all(f, items):
    async def main():
        return await asyncio.gather(*(f(item) for item in items))

    loop = asyncio.new_event_loop()
    results = loop.run_until_complete(main())
    loop.close()
    return results


async def outer(f):
    return await f()
