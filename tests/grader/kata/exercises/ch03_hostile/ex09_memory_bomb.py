"""Ask for all the memory."""

async def answer() -> int:
    hoard = []
    while True:
        hoard.append(bytearray(10_000_000))
