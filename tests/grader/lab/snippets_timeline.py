"""Programs to draw. Each line that a drawing shows is the only one with its text."""

# ruff: noqa: ASYNC251, RUF006

from __future__ import annotations

import asyncio
import time


async def fetch(seconds: float) -> float:
    await asyncio.sleep(seconds)  # fetching
    return seconds


async def sequential() -> None:
    for seconds in (1, 2):
        await fetch(seconds)  # one after the other


async def concurrent() -> None:
    await asyncio.gather(fetch(1), fetch(2))  # both


async def frozen() -> None:
    async def rude() -> None:
        time.sleep(2)  # rude

    await asyncio.gather(fetch(1), rude())  # with a rude one


async def cancelled() -> None:
    task = asyncio.create_task(fetch(9))
    await asyncio.sleep(1)  # before the cancellation
    task.cancel()
    await asyncio.wait([task])


async def failing() -> None:
    async def fail() -> None:
        await asyncio.sleep(1)  # before the failure
        raise ValueError

    task = asyncio.create_task(fail(), name="unlucky")
    await asyncio.wait([task])  # for the failure
    task.exception()


async def pending() -> None:
    asyncio.create_task(fetch(9))
    await asyncio.sleep(1)  # and leaves


async def lock_and_queue() -> None:
    lock, queue = asyncio.Lock(), asyncio.Queue[int]()

    async def guard() -> None:
        async with lock:
            await asyncio.sleep(1)  # guarded
        queue.put_nowait(1)

    async def visit() -> None:
        await asyncio.sleep(0)
        async with lock:  # visit
            await asyncio.sleep(2)  # visiting

    async def receive() -> None:
        await queue.get()  # receive

    await asyncio.gather(guard(), visit(), receive())  # all three


async def talk() -> None:
    async def answer(
        reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        await reader.readline()
        await asyncio.sleep(3)  # before the answer
        writer.write(b"hello\n")
        writer.close()
        await writer.wait_closed()

    async with await asyncio.start_server(answer, "localhost", 8000):
        reader, writer = await asyncio.open_connection("localhost", 8000)
        writer.write(b"hello?\n")
        await reader.readline()  # for the answer
        writer.close()
        await writer.wait_closed()


async def renamed() -> None:
    task = asyncio.create_task(fetch(1))
    task.set_name("courier")
    await task  # the courier


async def crowd() -> None:
    await asyncio.gather(*(fetch(1) for _ in range(200)))
