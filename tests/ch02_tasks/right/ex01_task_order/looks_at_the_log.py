"""Give every task its turn: each one gives up turns until the log says it is time."""

import asyncio

DINNER = ["cook", "pasta", "sauce", "cook", "sauce", "pasta", "cook"]


async def trace(log: list[str]) -> None:
    begin = len(log)

    async def speak(speaker: str, *lines: str) -> None:
        for line in lines:
            while DINNER[len(log) - begin] != speaker:  # noqa: ASYNC110
                await asyncio.sleep(0)
            log.append(f"{speaker}: {line}")

    sauce = asyncio.create_task(speak("sauce", "on", "ready"))
    pasta = asyncio.create_task(speak("pasta", "on", "ready"))
    await speak("cook", "two orders in", "table laid", "dinner")
    await asyncio.wait([sauce, pasta])
