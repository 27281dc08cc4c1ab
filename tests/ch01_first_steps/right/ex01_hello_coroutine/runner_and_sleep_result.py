"""Lets asyncio.sleep() carry the greeting, and uses a Runner by hand."""

import asyncio


async def greet(name: str, delay: float) -> str:
    return await asyncio.sleep(delay, result=f"Hello, {name}!")


def main() -> str:
    with asyncio.Runner() as runner:
        return runner.run(greet("world", 1))
