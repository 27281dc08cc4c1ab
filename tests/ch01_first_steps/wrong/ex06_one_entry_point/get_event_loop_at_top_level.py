"""Asks for an event loop where none is running.

`get_event_loop()` finds no loop after another `asyncio.run()`, and nobody closes the
one it finds. At the top of a program use `asyncio.run()`.

Fails: test_run_all_returns_results_in_order
"""

import asyncio


def run_all(f, items):
    async def main():
        return await asyncio.gather(*(f(item) for item in items))

    return asyncio.get_event_loop().run_until_complete(main())


async def outer(f):
    return await f()
