"""Leave inside a test."""

import sys


async def answer() -> int:
    sys.exit(0)
