"""Tries to run the loop that is running already.

`run_until_complete()` starts a loop, and this one has started long ago. Inside
`async def`, just `await f()`.

Fails: test_outer_returns_the_result
"""

import asyncio


def run_all(f, items):
    async def main():
        return await asyncio.gather(*(f(item) for item in items))

    return asyncio.run(main())


async def outer(f):
    loop = asyncio.get_running_loop()
    return loop.run_until_complete(f())
