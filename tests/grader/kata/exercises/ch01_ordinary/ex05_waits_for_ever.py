"""Wait for what never comes."""

import asyncio


async def answer() -> int:
    return await asyncio.Queue[int]().get()
