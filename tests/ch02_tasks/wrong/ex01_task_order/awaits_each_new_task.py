"""Awaits each task in the line that creates it.

`await create_task(...)` waits for the task's end before the next one exists. Create
both tasks first, and await them later.

Fails: test_the_lines_come_in_order
"""

import asyncio


async def trace(log):
    log.append("cook: two orders in")
    await asyncio.create_task(helper("pasta", log))
    await asyncio.create_task(helper("sauce", log))
    log.append("cook: table laid")
    log.append("cook: dinner")


async def helper(name, log):
    log.append(f"{name}: on")
    await asyncio.sleep(0)
    log.append(f"{name}: ready")
