"""Spin with an await."""

import asyncio


async def answer() -> int:
    while True:
        await asyncio.sleep(0)
