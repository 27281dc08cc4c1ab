"""Code that tidies up: the harmless counterparts of the snippets that leak."""

from __future__ import annotations

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import aclosing, suppress

import aiohttp

from tests.grader.lab.snippets_leaks import KEPT, fail, job, numbers
from tests.grader.lab.web_server import URL


async def awaits_its_task() -> None:
    task = asyncio.create_task(job())
    await asyncio.sleep(1)
    await task


async def cancels_its_task() -> None:
    task = asyncio.create_task(job())
    await asyncio.sleep(1)
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


async def only_cancels_its_task() -> None:
    task = asyncio.create_task(job())
    await asyncio.sleep(1)
    task.cancel()


async def looks_at_the_exception() -> None:
    task = asyncio.create_task(fail())
    await asyncio.wait([task])
    assert isinstance(task.exception(), ValueError)


async def gathers_exceptions() -> None:
    await asyncio.gather(fail(), fail(), return_exceptions=True)


async def closes_the_coroutine() -> None:
    job().close()


async def finishes_the_generator() -> None:
    assert [number async for number in numbers()] == [0, 1, 2]


async def closes_the_generator() -> None:
    async with aclosing(numbers()) as generator:  # type: ignore[type-var]
        await anext(generator)


async def never_starts_the_generator() -> None:
    KEPT.append(numbers())


async def closes_the_session() -> None:
    async with (
        aiohttp.ClientSession() as session,
        session.get(f"{URL}/lines") as response,
    ):
        await response.text()


async def closes_the_session_by_hand() -> None:
    session = aiohttp.ClientSession()
    KEPT.append(session)
    await session.close()


async def releases_the_response() -> None:
    async with aiohttp.ClientSession() as session:
        response = await session.get(f"{URL}/lines")
        response.release()


async def closes_the_connection() -> None:
    async def answer(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.close()
        await writer.wait_closed()

    async with await asyncio.start_server(answer, "localhost", 7000):
        _, writer = await asyncio.open_connection("localhost", 7000)
        writer.close()
        await writer.wait_closed()


async def closes_the_file() -> None:
    def write() -> None:
        with open("/dev/null", "w") as file:  # noqa: PTH123
            file.write("x")

    await asyncio.to_thread(write)


async def shuts_the_executor_down() -> None:
    with ThreadPoolExecutor(1) as pool:
        await asyncio.get_running_loop().run_in_executor(pool, int)


async def joins_its_thread() -> None:
    gate = threading.Event()
    thread = threading.Thread(target=gate.wait)
    thread.start()
    await asyncio.sleep(1)
    gate.set()
    await asyncio.to_thread(thread.join)


def closes_its_loop() -> None:
    loop = asyncio.new_event_loop()
    loop.run_until_complete(job())
    loop.close()
