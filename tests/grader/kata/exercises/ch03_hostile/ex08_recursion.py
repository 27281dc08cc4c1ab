"""Call itself without end."""

async def answer() -> int:
    return await answer()
