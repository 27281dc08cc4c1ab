"""Replace asyncio.sleep at import."""

import asyncio


async def at_once(delay: float) -> None:
    return None


asyncio.sleep = at_once


async def answer() -> int:
    await asyncio.sleep(1)
    return 42
