"""Wait and compute without stopping the others.

Only an `await` that really has to wait gives the loop its turn. `time.sleep()`
stops the loop itself, and so does a long computation, `async def` or not.
`await asyncio.sleep(0)` waits for nothing but one turn of the others. Tempting
and useless: `await` on a coroutine of your own that never waits for anything.
"""

import asyncio

NUMBERS_PER_TURN = 1_000


async def pause(seconds: float) -> None:
    """Wait for `seconds`."""
    await asyncio.sleep(seconds)


async def checksum(numbers: list[int]) -> int:
    """Return the sum of `numbers` modulo 65,521."""
    total = 0
    for start in range(0, len(numbers), NUMBERS_PER_TURN):
        total += sum(numbers[start : start + NUMBERS_PER_TURN])
        await asyncio.sleep(0)
    return total % 65_521
