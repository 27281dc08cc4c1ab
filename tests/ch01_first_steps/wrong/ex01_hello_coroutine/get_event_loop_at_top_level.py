"""Asks for an event loop where none is running.

`get_event_loop()` finds no loop after another `asyncio.run()`, and nobody closes the
one it finds. At the top of a program use `asyncio.run()`.

Fails: test_main_returns_the_greeting
"""

import asyncio


async def greet(name: str, delay: float) -> str:
    await asyncio.sleep(delay)
    return f"Hello, {name}!"


def main() -> str:
    loop = asyncio.get_event_loop()
    return loop.run_until_complete(greet("world", 1))
