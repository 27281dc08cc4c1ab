"""Adds whole thousands and forgets what is left over.

The last slice may be shorter than the others, and counts all the same.

Fails: test_the_checksum_is_right
"""

import asyncio


async def pause(seconds):
    await asyncio.sleep(seconds)


async def checksum(numbers):
    total = 0
    for slice_number in range(len(numbers) // 1_000):
        start = slice_number * 1_000
        total += sum(numbers[start : start + 1_000])
        await asyncio.sleep(0)
    return total % 65_521
