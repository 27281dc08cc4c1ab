"""Give every task its turn: nobody counts turns, everybody waits for a sign."""

import asyncio


async def trace(log: list[str]) -> None:
    pasta_on, sauce_on, laid, sauced = (asyncio.Event() for _ in range(4))

    async def boil_pasta() -> None:
        log.append("pasta: on")
        pasta_on.set()
        await sauced.wait()
        log.append("pasta: ready")

    async def stir_sauce() -> None:
        await pasta_on.wait()
        log.append("sauce: on")
        sauce_on.set()
        await laid.wait()
        log.append("sauce: ready")
        sauced.set()

    sauce = asyncio.ensure_future(stir_sauce())
    pasta = asyncio.ensure_future(boil_pasta())
    log.append("cook: two orders in")
    await sauce_on.wait()
    log.append("cook: table laid")
    laid.set()
    await asyncio.gather(sauce, pasta)
    log.append("cook: dinner")
