"""Writes await in an ordinary function.

`await` is allowed only inside `async def`; elsewhere it is a SyntaxError and nothing
in the file runs. An ordinary function starts a coroutine with `asyncio.run()`.

Fails: test_greet_returns_the_greeting
"""

import asyncio


async def greet(name: str, delay: float) -> str:
    await asyncio.sleep(delay)
    return f"Hello, {name}!"


def main() -> str:
    return await greet("world", 1)
