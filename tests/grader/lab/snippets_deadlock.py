"""Programs that get stuck, as a learner might write them.

Not named test_*, so that the lab takes these lines for a learner's. Each line that a
report shows is the only one with its text.
"""

from __future__ import annotations

import asyncio
import contextlib
import threading
import time
from collections.abc import AsyncIterator


async def consume(queue: asyncio.Queue[str]) -> None:
    while True:
        print(await queue.get())  # nobody produces


async def task_group_child() -> None:
    async with asyncio.TaskGroup() as group:  # two consumers
        group.create_task(consume(asyncio.Queue(1)), name="first")
        group.create_task(consume(asyncio.Queue(2)), name="second")


async def double_lock() -> None:
    lock = asyncio.Lock()
    async with lock:  # once
        print("got it")
        async with lock:  # and once more
            print("got it twice")


async def ab_ba() -> None:
    a, b = asyncio.Lock(), asyncio.Lock()

    async def one() -> None:
        async with a:  # one has a
            await asyncio.sleep(1)
            async with b:  # one wants b
                pass

    async def two() -> None:
        async with b:  # two has b
            await asyncio.sleep(1)
            async with a:  # two wants a
                pass

    await asyncio.gather(one(), two())  # both


async def event_never_set() -> None:
    event = asyncio.Event()
    await asyncio.wait_for(event.wait(), timeout=None)  # nobody sets it


async def stuck_generator() -> None:
    queue = asyncio.Queue[str](2)

    async def lines() -> AsyncIterator[str]:
        while True:
            yield await queue.get()  # in the generator

    async for line in lines():  # around the generator
        print(line)


async def queue_join() -> None:
    queue = asyncio.Queue[int]()

    async def work() -> None:
        while True:
            await queue.get()  # and no task_done()

    worker = asyncio.create_task(work(), name="worker")
    queue.put_nowait(1)
    await queue.join()  # not done
    worker.cancel()


async def barrier() -> None:
    meeting = asyncio.Barrier(3)

    async def friend() -> None:
        await meeting.wait()  # for the third

    await asyncio.gather(friend(), friend())  # only two


async def bare_future() -> None:
    await asyncio.get_running_loop().create_future()  # whose?


async def shielded() -> None:
    await asyncio.shield(asyncio.Event().wait())  # shielded


async def condition() -> None:
    news = asyncio.Condition()
    async with news:
        await news.wait()  # nobody notifies


async def semaphore() -> None:
    seats = asyncio.Semaphore(1)
    await seats.acquire()  # first seat
    await seats.acquire()  # no second seat


async def _serve(handler: object) -> tuple[asyncio.Server, int]:
    server = await asyncio.start_server(handler, "localhost", 0)  # type: ignore[arg-type]
    return server, server.sockets[0].getsockname()[1]


async def read_line() -> None:
    async def answer(
        reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        await reader.readline()  # the server waits for a line

    _, port = await _serve(answer)
    reader, _ = await asyncio.open_connection("localhost", port)
    await reader.readline()  # the client waits, too


async def drain() -> None:
    async def ignore(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await asyncio.Event().wait()  # reads nothing

    _, port = await _serve(ignore)
    _, writer = await asyncio.open_connection("localhost", port)
    writer.write(bytes(1_000_000))
    await writer.drain()  # too much


async def thread_rests() -> None:
    go = threading.Event()
    await asyncio.to_thread(go.wait)  # nobody lets it go


async def wait_for_each_other() -> None:
    tasks: list[asyncio.Task[None]] = []

    async def wait_for_the_other(number: int) -> None:
        await tasks[number]  # the other

    tasks += [asyncio.create_task(wait_for_the_other(n), name=f"t{n}") for n in (1, 0)]
    await asyncio.wait(tasks)  # for both


async def after_a_while() -> None:
    async def finish() -> None:
        await asyncio.sleep(2.5)

    await asyncio.gather(finish(), bare_future())  # one of them ends


async def many_workers() -> None:
    queue = asyncio.Queue[str]()
    async with asyncio.TaskGroup() as group:  # many consumers
        for _ in range(20):
            group.create_task(consume(queue))


async def busy_loop() -> None:
    while True:  # noqa: ASYNC110
        await asyncio.sleep(0)  # round and round


async def endless_timers() -> None:
    while True:  # noqa: ASYNC110
        await asyncio.sleep(60)  # every minute


async def eats_exceptions() -> None:
    while True:
        with contextlib.suppress(Exception):
            await asyncio.Queue[int]().get()  # and no Exception gets out


async def eats_cancellation() -> None:
    while True:
        with contextlib.suppress(asyncio.CancelledError):
            await asyncio.Queue[int]().get()  # not even cancelled


async def eats_everything_and_sleeps() -> None:
    while True:
        with contextlib.suppress(BaseException):
            await asyncio.sleep(0.5)  # whatever happens


async def sleeps_in_a_thread_for_ever() -> None:
    def tick() -> None:
        while True:
            time.sleep(3600)

    await asyncio.to_thread(tick)  # no end
