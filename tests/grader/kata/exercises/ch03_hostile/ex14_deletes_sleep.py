"""Delete asyncio.sleep."""

import asyncio

del asyncio.sleep


async def answer() -> int:
    return 42
