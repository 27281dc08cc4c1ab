"""Returns while the helpers are still cooking.

Starting a task does not wait for it: `await` both tasks before you return.

Fails: test_no_line_is_missing_when_trace_returns
"""

import asyncio


async def trace(log):
    asyncio.create_task(boil_pasta(log))
    asyncio.create_task(stir_sauce(log))
    log.append("cook: two orders in")
    await asyncio.sleep(0)
    log.append("cook: table laid")
    log.append("cook: dinner")


async def boil_pasta(log):
    log.append("pasta: on")
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    log.append("pasta: ready")


async def stir_sauce(log):
    log.append("sauce: on")
    await asyncio.sleep(0)
    log.append("sauce: ready")
