"""Be written some day."""

import asyncio


async def answer() -> int:
    """Return 42 after one second."""
    await asyncio.sleep(1)
    return 42
