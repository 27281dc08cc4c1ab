"""Starts a second loop in a thread to get round "loop is already running".

What `f()` shares with the rest of the program (locks, queues, connections) belongs to
the loop that is running: stay on it and `await f()`.

Fails: test_outer_stays_on_the_running_loop
"""

import asyncio


def run_all(f, items):
    async def main():
        return await asyncio.gather(*(f(item) for item in items))

    return asyncio.run(main())


async def outer(f):
    return await asyncio.to_thread(asyncio.run, f())
