"""Ask the keyboard."""

async def answer() -> int:
    return int(input("The answer? "))
