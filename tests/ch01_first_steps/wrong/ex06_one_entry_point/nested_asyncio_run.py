"""Calls asyncio.run() inside a coroutine.

`outer()` is running on a loop already, and a thread runs one loop at a time: inside
`async def`, just `await f()`.

Fails: test_outer_returns_the_result
"""

import asyncio


def run_all(f, items):
    async def main():
        return await asyncio.gather(*(f(item) for item in items))

    return asyncio.run(main())


async def outer(f):
    return asyncio.run(f())
