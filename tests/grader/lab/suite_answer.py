"""The answer that the plugin's own tests judge, copied into a course of their own."""

import asyncio


def unwritten() -> None:
    # TODO: write it.
    raise NotImplementedError


async def fetch(number: int) -> int:
    await asyncio.sleep(1)
    return number


async def forget(number: int) -> None:
    """Leave a task behind, from 43 on."""
    if number >= 43:
        task = asyncio.create_task(fetch(number))
        del task
    await asyncio.sleep(0)


async def hang(number: int) -> None:
    """Wait for ever, from 43 on."""
    if number >= 43:
        await asyncio.Event().wait()


async def both() -> None:
    """Wait for each other."""
    tasks: list[asyncio.Task[None]] = []

    async def wait(other: int) -> None:
        await tasks[other]

    tasks += [asyncio.create_task(wait(other)) for other in (1, 0)]
    await asyncio.wait(tasks)


async def refuse() -> None:
    """Ignore every cancellation."""
    while True:
        try:
            await asyncio.Event().wait()
        except BaseException:
            continue
