"""Gives up a hundred turns, to be on the safe side.

One `sleep(0)` lets every task that is ready run once. To wait until a task has ended,
await the task.

Fails: test_twenty_turns_are_enough
"""

import asyncio


async def trace(log):
    pasta = asyncio.create_task(boil_pasta(log))
    sauce = asyncio.create_task(stir_sauce(log))
    log.append("cook: two orders in")
    await asyncio.sleep(0)
    log.append("cook: table laid")
    for _ in range(100):
        await asyncio.sleep(0)
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
