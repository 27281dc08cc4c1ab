"""Wait and compute without stopping the others.

A heart monitor shares its event loop with the two coroutines below; its task
wakes up once a second. Today it shows no heartbeat while they are at work.

- `pause(seconds)` waits exactly that long, while the other tasks go on.
- `checksum(numbers)` is the sum modulo 65,521, of any number of numbers. It
  adds at most 1,000 of them before the other tasks get their turn; it
  computes, but never waits: the clock stands still.

    >>> await asyncio.gather(pause(5), heartbeat())  # a beat every second
    >>> await checksum([65_000, 600])  # after 0 s
    79
"""

import time


async def pause(seconds: float) -> None:
    """Wait for `seconds`."""
    # TODO: let the other tasks run in the meantime.
    time.sleep(seconds)


async def checksum(numbers: list[int]) -> int:
    """Return the sum of `numbers` modulo 65,521."""
    total = 0
    for number in numbers:
        # TODO: let the other tasks run every now and then.
        total = (total + number) % 65_521
    return total
