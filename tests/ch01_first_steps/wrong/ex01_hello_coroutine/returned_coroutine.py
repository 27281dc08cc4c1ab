"""Returns the coroutine of greet() instead of running it.

`greet(...)` only makes a coroutine. An ordinary function cannot await it: hand it
to `asyncio.run()`, which runs it and gives you what it returns.

Fails: test_main_returns_the_greeting
"""

import asyncio


async def greet(name: str, delay: float) -> str:
    await asyncio.sleep(delay)
    return f"Hello, {name}!"


def main() -> str:
    return greet("world", 1)
