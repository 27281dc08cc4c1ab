"""Spin without an await."""

async def answer() -> int:
    while True: pass
