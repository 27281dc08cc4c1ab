"""Races between threads and the clock: each returns virtual seconds, always the same.

The tests run them a few times, `tests/benchmarks/races.py` as often as one likes.
"""

from __future__ import annotations

import asyncio
import concurrent.futures
import random
import threading
import time
from collections.abc import Callable, Coroutine
from typing import Any

from grader.harness import elapsed


def real_moment() -> None:
    """Up to a millisecond of real time, whatever the virtual clock does."""
    threading.Event().wait(random.random() / 1000)


async def thread_posts_at_once() -> float:
    loop = asyncio.get_running_loop()
    answer = loop.create_future()

    def post() -> None:
        loop.call_soon_threadsafe(answer.set_result, None)

    threading.Thread(target=post).start()
    await asyncio.wait_for(answer, 5)
    return elapsed()


async def thread_sleeps_and_posts() -> float:
    loop = asyncio.get_running_loop()
    answer = loop.create_future()

    def post() -> None:
        time.sleep(1)
        loop.call_soon_threadsafe(answer.set_result, None)

    threading.Thread(target=post).start()
    await asyncio.wait_for(answer, 5)
    return elapsed()


async def job_beside_a_timer() -> tuple[float, float]:
    async def job() -> float:
        await asyncio.to_thread(real_moment)
        return elapsed()

    ended, _ = await asyncio.gather(job(), asyncio.sleep(3))
    return ended, elapsed()


async def naps_and_work_in_turns() -> float:
    def turns() -> None:
        time.sleep(0.5)
        real_moment()
        time.sleep(0.5)

    await asyncio.gather(*(asyncio.to_thread(turns) for _ in range(4)))
    return elapsed()


async def more_jobs_than_workers() -> float:
    loop = asyncio.get_running_loop()
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        jobs = (loop.run_in_executor(pool, time.sleep, 1) for _ in range(5))
        await asyncio.gather(*jobs)
    return elapsed()


async def job_that_was_given_up() -> float:
    try:
        await asyncio.wait_for(asyncio.to_thread(time.sleep, 2.5), 2)
    except TimeoutError:
        await asyncio.to_thread(time.sleep, 1)
    return elapsed()


async def threads_that_call_the_loop() -> float:
    loop = asyncio.get_running_loop()

    def call() -> None:
        for _ in range(3):
            asyncio.run_coroutine_threadsafe(asyncio.sleep(1), loop).result()

    await asyncio.gather(asyncio.to_thread(call), asyncio.to_thread(call))
    return elapsed()


async def threads_that_hand_over() -> float:
    """One thread waits for the other's event, which comes after a nap."""
    ready = threading.Event()

    def first() -> None:
        time.sleep(1)
        real_moment()
        ready.set()

    def second() -> None:
        ready.wait()
        real_moment()
        time.sleep(1)

    jobs = (asyncio.to_thread(job) for job in (first, second))
    await asyncio.gather(*jobs, asyncio.sleep(3))
    return elapsed()


async def thread_waits_for_a_thread() -> float:
    def nap() -> None:
        time.sleep(1)
        real_moment()

    thread = threading.Thread(target=nap)
    thread.start()
    await asyncio.to_thread(thread.join)
    await asyncio.to_thread(time.sleep, 1)
    return elapsed()


Race = Callable[[], Coroutine[Any, Any, object]]

# What each must return, however often and however busy the machine.
RACES: dict[Race, object] = {
    thread_posts_at_once: 0,
    thread_sleeps_and_posts: 1,
    job_beside_a_timer: (0, 3),
    naps_and_work_in_turns: 1,
    more_jobs_than_workers: 3,
    job_that_was_given_up: 3,
    threads_that_call_the_loop: 3,
    threads_that_hand_over: 3,
    thread_waits_for_a_thread: 2,
}
