"""Writes the first line before the tasks exist.

A task that has been created has not begun: you can create both and still write the
first line before either of them writes anything.

Fails: test_both_tasks_exist_at_the_first_line
"""

import asyncio


async def trace(log):
    log.append("cook: two orders in")
    pasta = asyncio.create_task(boil_pasta(log))
    sauce = asyncio.create_task(stir_sauce(log))
    await asyncio.sleep(0)
    log.append("cook: table laid")
    await pasta
    await sauce
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
