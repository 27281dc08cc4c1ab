"""Give every task its turn: `gather()` makes both tasks and waits for both."""

import asyncio


async def trace(log: list[str]) -> None:
    helpers = asyncio.gather(
        helper(log, "pasta: on", "", "pasta: ready"),
        helper(log, "sauce: on", "sauce: ready"),
    )
    log += ["cook: two orders in"]
    await asyncio.sleep(0)
    log += ["cook: table laid"]
    await helpers
    log += ["cook: dinner"]


async def helper(log: list[str], *turns: str) -> None:
    for line in turns:
        log.extend([line] if line else [])
        await asyncio.sleep(0)
