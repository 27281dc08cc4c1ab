"""Waits with time.sleep().

`time.sleep()` stops the event loop and everybody on it; `await asyncio.sleep()`
stops only the coroutine that awaits it.

Fails: test_greet_returns_the_greeting
"""

import asyncio
import time


async def greet(name: str, delay: float) -> str:
    time.sleep(delay)
    return f"Hello, {name}!"


def main() -> str:
    return asyncio.run(greet("world", 1))
