"""Waits for a future that a timer resolves, on a loop made and closed by hand."""

import asyncio


async def greet(name: str, delay: float) -> str:
    loop = asyncio.get_running_loop()
    bell: asyncio.Future[str] = loop.create_future()
    loop.call_later(delay, bell.set_result, f"Hello, {name}!")
    return await bell


def main() -> str:
    loop = asyncio.new_event_loop()
    try:
        return loop.run_until_complete(greet("world", 1))
    finally:
        loop.close()
