"""Print a hundred megabytes."""

import asyncio


async def answer() -> int:
    for _ in range(100):
        print("x" * 1_000_000)
    await asyncio.sleep(1)
    return 42
