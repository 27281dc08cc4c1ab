"""Spin without an await."""

async def answer() -> int:
    turns = 0
    while True:
        turns += 1
