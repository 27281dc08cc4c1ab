"""Give every task its turn."""

import asyncio


async def trace(log: list[str]) -> None:
    """Append the seven lines to `log`, each of them written by its own speaker."""
    pasta = asyncio.create_task(boil_pasta(log))
    sauce = asyncio.create_task(stir_sauce(log))
    # Neither task has run a single line yet: both stand in the loop's queue.
    log.append("cook: two orders in")
    # sleep(0) puts the cook at the end of that queue, behind both of them. Without
    # it the table would be laid before anything is on the stove; `await pasta`
    # here would come back only when dinner is ready.
    await asyncio.sleep(0)
    log.append("cook: table laid")
    await pasta
    await sauce
    log.append("cook: dinner")


async def boil_pasta(log: list[str]) -> None:
    """Take one turn more than the sauce, and so be ready after it."""
    log.append("pasta: on")
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    log.append("pasta: ready")


async def stir_sauce(log: list[str]) -> None:
    """Begin in one turn, be ready in the next."""
    log.append("sauce: on")
    await asyncio.sleep(0)
    log.append("sauce: ready")
