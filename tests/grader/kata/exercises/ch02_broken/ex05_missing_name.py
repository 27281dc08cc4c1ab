"""Call it by another name."""

import asyncio


async def answers() -> int:
    await asyncio.sleep(1)
    return 42
