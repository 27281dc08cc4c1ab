"""Crash the interpreter."""

import os


async def answer() -> int:
    os.abort()
