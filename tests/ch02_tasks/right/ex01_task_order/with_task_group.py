"""Give every task its turn: a task group's block ends when both tasks have."""

import asyncio


async def trace(log: list[str]) -> None:
    async with asyncio.TaskGroup() as kitchen:
        kitchen.create_task(helper("pasta", 2, log))
        kitchen.create_task(helper("sauce", 1, log))
        log.append("cook: two orders in")
        await asyncio.sleep(0)
        log.append("cook: table laid")
    log.append("cook: dinner")


async def helper(name: str, turns: int, log: list[str]) -> None:
    log.append(f"{name}: on")
    for _ in range(turns):
        await asyncio.sleep(0)
    log.append(f"{name}: ready")
