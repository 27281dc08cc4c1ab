"""Calls asyncio.sleep() without awaiting it.

Calling a coroutine function does not run it: put `await` in front of the call.

Fails: test_greet_returns_the_greeting
"""

import asyncio


async def greet(name: str, delay: float) -> str:
    asyncio.sleep(delay)
    return f"Hello, {name}!"


def main() -> str:
    return asyncio.run(greet("world", 1))
