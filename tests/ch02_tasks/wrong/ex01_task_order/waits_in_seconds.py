"""Sleeps for a moment to let the others begin.

How long is long enough? A new task needs no time, only its turn: `asyncio.sleep(0)`
gives one to everybody who is ready.

Fails: test_no_time_passes
"""

import asyncio


async def trace(log):
    pasta = asyncio.create_task(helper("pasta", log, 0.3))
    sauce = asyncio.create_task(helper("sauce", log, 0.2))
    log.append("cook: two orders in")
    await asyncio.sleep(0.1)
    log.append("cook: table laid")
    await pasta
    await sauce
    log.append("cook: dinner")


async def helper(name, log, seconds):
    log.append(f"{name}: on")
    await asyncio.sleep(seconds)
    log.append(f"{name}: ready")
