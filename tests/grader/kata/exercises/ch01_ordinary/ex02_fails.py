"""Fail the second test."""

import asyncio


async def answer() -> int:
    await asyncio.sleep(2)
    return 42
