"""Calls that look as if they might block, but do not hold up the event loop."""
# ruff: noqa: PTH123

from __future__ import annotations

import asyncio
import concurrent.futures
import importlib
import logging
import queue
import sys
import threading
import traceback


async def prints() -> None:
    print(end="")


async def logs() -> None:
    logging.getLogger(__name__).warning("all is well")


async def imports() -> None:
    sys.modules.pop("colorsys", None)
    importlib.import_module("colorsys")


async def reads_in_a_thread() -> None:
    def read() -> str:
        with open("/dev/null") as file:
            return file.read()

    assert await asyncio.to_thread(read) == ""


async def starts_a_thread() -> None:
    thread = threading.Thread(target=int)
    thread.start()
    await asyncio.to_thread(thread.join)


async def formats_a_traceback() -> None:
    try:
        raise KeyError
    except KeyError:
        traceback.format_exc()


async def reads_a_result_that_is_there() -> None:
    future = concurrent.futures.Future[int]()
    future.set_result(42)
    assert future.result() == 42


async def waits_for_what_has_happened() -> None:
    event = threading.Event()
    event.set()
    assert event.wait()
    full = queue.Queue[int]()
    full.put(1)
    assert full.get() == 1


async def takes_a_free_lock() -> None:
    with threading.Lock():
        await asyncio.sleep(0)


async def shuts_down_an_idle_pool() -> None:
    with concurrent.futures.ThreadPoolExecutor() as pool:
        assert await asyncio.get_running_loop().run_in_executor(pool, pow, 2, 3) == 8
