"""Believes that a new task runs at once.

`create_task()` only puts the task in the loop's queue. Its first line runs when you
next `await`, so give the helpers a turn before you lay the table.

Fails: test_the_lines_come_in_order
"""

import asyncio


async def trace(log):
    log.append("cook: two orders in")
    pasta = asyncio.create_task(boil_pasta(log))
    sauce = asyncio.create_task(stir_sauce(log))
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
