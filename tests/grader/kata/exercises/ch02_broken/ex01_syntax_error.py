"""Forget a colon."""

async def answer() -> int
    return 42
