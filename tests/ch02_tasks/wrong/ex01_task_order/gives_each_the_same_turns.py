"""Expects the task that began last to be ready first.

Turns go round in the order of the queue: with one `sleep(0)` each, whoever began
first is ready first. The pasta must wait one turn more, or for the sauce.

Fails: test_the_lines_come_in_order
"""

import asyncio


async def trace(log):
    pasta = asyncio.create_task(helper("pasta", log))
    sauce = asyncio.create_task(helper("sauce", log))
    log.append("cook: two orders in")
    await asyncio.sleep(0)
    log.append("cook: table laid")
    await sauce
    await pasta
    log.append("cook: dinner")


async def helper(name, log):
    log.append(f"{name}: on")
    await asyncio.sleep(0)
    log.append(f"{name}: ready")
