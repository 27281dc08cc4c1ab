"""Fail while it is imported."""

LIMITS = {"low": 1}
LIMIT = LIMITS["high"]


async def answer() -> int:
    return LIMIT
