"""Give every task its turn: the pasta awaits the sauce instead of counting turns."""

import asyncio


async def trace(log: list[str]) -> None:
    async def boil_pasta() -> None:
        log.append("pasta: on")
        await sauce  # assigned below: by the time this line runs, it is there
        log.append("pasta: ready")

    async def stir_sauce() -> None:
        log.append("sauce: on")
        await asyncio.sleep(0)
        log.append("sauce: ready")

    pasta = asyncio.create_task(boil_pasta())
    sauce = asyncio.create_task(stir_sauce())
    log.append("cook: two orders in")
    await asyncio.sleep(0)
    log.append("cook: table laid")
    await pasta
    log.append("cook: dinner")
