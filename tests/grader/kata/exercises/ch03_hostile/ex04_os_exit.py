"""End the process."""

import os


async def answer() -> int:
    os._exit(0)
