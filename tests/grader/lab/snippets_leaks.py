"""Code that leaves something behind, each in its own way.

Not named test_*, so that the lab takes these lines for a learner's.
"""

from __future__ import annotations

import asyncio
import gc
import threading
import time
from collections.abc import AsyncIterator
from contextlib import suppress
from typing import Any

import aiohttp

from tests.grader.lab.web_server import URL

KEPT: list[Any] = []  # what a leak holds on to; emptied after each test


async def job(seconds: float = 3) -> str:
    await asyncio.sleep(seconds)
    return "done"


async def fail() -> None:
    raise ValueError("too bad")  # unseen


async def numbers() -> AsyncIterator[int]:
    for number in range(3):
        yield number  # broken off here


async def forgets_a_task() -> None:
    task = asyncio.create_task(job())  # forgotten
    del task
    await asyncio.sleep(1)


async def keeps_a_task_running() -> None:
    KEPT.append(asyncio.create_task(job(), name="clock"))  # kept
    await asyncio.sleep(1)


async def leaves_the_others_running() -> None:
    async def fail_soon() -> None:
        raise OSError

    with suppress(OSError):
        await asyncio.gather(job(), fail_soon())  # job goes on


async def shields_for_nothing() -> None:
    with suppress(TimeoutError):
        await asyncio.wait_for(asyncio.shield(job()), 1)  # goes on behind the shield


async def forgets_to_await() -> None:
    job()  # type: ignore[unused-coroutine]


async def keeps_coroutines() -> None:
    KEPT.extend([job(), job()])  # two of them
    KEPT.clear()


async def drops_an_exception() -> None:
    task = asyncio.create_task(fail())  # not looked at
    await asyncio.sleep(1)
    del task


async def keeps_an_exception() -> None:
    KEPT.append(asyncio.create_task(fail()))  # kept, not looked at
    await asyncio.sleep(1)


async def breaks_off_a_generator() -> None:
    async for number in numbers():
        if number == 1:
            break


async def keeps_a_generator() -> None:
    KEPT.append(numbers())  # not finished
    await anext(KEPT[0])


async def drops_a_session() -> None:
    session = aiohttp.ClientSession()  # dropped
    async with session.get(f"{URL}/slow/a") as response:
        await response.text()


async def keeps_a_session() -> None:
    KEPT.append(aiohttp.ClientSession())  # kept open


async def drops_a_response() -> None:
    async with aiohttp.ClientSession() as session:
        await session.get(f"{URL}/lines")  # dropped unread


async def keeps_a_response() -> None:
    async with aiohttp.ClientSession() as session:
        KEPT.append(await session.get(f"{URL}/lines"))  # kept unread


async def leaves_a_connection_open() -> None:
    async def answer(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.close()
        await writer.wait_closed()

    server = await asyncio.start_server(answer, "localhost", 7000)
    _, writer = await asyncio.open_connection("localhost", 7000)  # not closed
    KEPT.append(writer)
    server.close()


async def leaves_a_caller_on_the_line() -> None:
    async def answer(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"hello\n")

    server = await asyncio.start_server(answer, "localhost", 7000)  # hangs on
    reader, writer = await asyncio.open_connection("localhost", 7000)
    await reader.readline()
    writer.close()
    await writer.wait_closed()
    server.close()


async def leaves_a_server_open() -> None:
    await asyncio.start_server(lambda *_: None, "localhost", 7000)  # for ever


async def leaves_a_file_open() -> None:
    def write() -> None:
        file = open("/dev/null", "w")  # noqa: PTH123, SIM115
        file.write("x")

    await asyncio.to_thread(write)


async def leaves_a_job_in_a_thread() -> None:
    gate = threading.Event()
    KEPT.append(gate)
    asyncio.get_running_loop().run_in_executor(None, gate.wait)
    await asyncio.sleep(1)


async def freezes_the_loop() -> None:
    time.sleep(1)  # noqa: ASYNC251


async def loses_a_task() -> None:
    async def wait_for_nothing() -> None:
        await asyncio.get_running_loop().create_future()

    asyncio.create_task(wait_for_nothing())  # noqa: RUF006
    await asyncio.sleep(1)
    gc.collect()


def never_closes_a_loop() -> None:
    loop = asyncio.new_event_loop()  # never closed
    loop.run_until_complete(job())
