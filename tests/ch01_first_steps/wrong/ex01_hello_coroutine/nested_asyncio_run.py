"""Calls asyncio.run() inside a coroutine.

A coroutine runs on a loop already, and a running loop cannot hold another: inside
`async def`, write `await`; `asyncio.run()` is for the outside.

Fails: test_greet_returns_the_greeting
"""

import asyncio


async def greet(name: str, delay: float) -> str:
    asyncio.run(asyncio.sleep(delay))
    return f"Hello, {name}!"


def main() -> str:
    return asyncio.run(greet("world", 1))
