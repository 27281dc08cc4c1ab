"""Makes an event loop and never closes it.

Who makes a loop must close it, also when the work fails. `asyncio.run()` does both.

Fails: test_main_returns_the_greeting
"""

import asyncio


async def greet(name: str, delay: float) -> str:
    await asyncio.sleep(delay)
    return f"Hello, {name}!"


def main() -> str:
    loop = asyncio.new_event_loop()
    return loop.run_until_complete(greet("world", 1))
