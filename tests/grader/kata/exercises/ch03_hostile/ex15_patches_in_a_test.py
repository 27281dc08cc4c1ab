"""Replace asyncio.sleep in a test."""

import asyncio


async def answer() -> int:
    await asyncio.sleep(1)
    asyncio.sleep = print
    return 42
