"""Threads, processes and the virtual clock: it stands still while they work."""

from __future__ import annotations

import asyncio
import concurrent.futures
import os
import queue
import sys
import threading
import time
from typing import Any

import pytest

from grader.harness import Clock, elapsed, run
from grader.harness.errors import StuckExample
from tests.grader.lab.thread_races import RACES, Race, real_moment

ROUNDS = 30


async def test_sleeps_in_threads_take_the_longest_of_them(clock: Clock) -> None:
    await asyncio.gather(*(asyncio.to_thread(time.sleep, s) for s in (1, 3, 2)))
    assert clock() == 3


async def test_a_job_takes_no_virtual_time(clock: Clock) -> None:
    assert await asyncio.to_thread(threading.Event().wait, 0.01) is False
    assert clock() == 0


async def test_no_timer_overtakes_a_job() -> None:
    order: list[str] = []

    async def job() -> None:
        await asyncio.to_thread(threading.Event().wait, 0.05)
        order.append("job")

    async def timer() -> None:
        await asyncio.sleep(1)
        order.append("timer")

    await asyncio.gather(timer(), job())
    assert order == ["job", "timer"]


async def test_a_heart_beats_while_a_thread_sleeps(clock: Clock) -> None:
    beats: list[float] = []

    async def beat() -> None:
        while True:
            await asyncio.sleep(0.25)
            beats.append(clock())

    heart = asyncio.create_task(beat())
    await asyncio.to_thread(time.sleep, 1.125)
    heart.cancel()
    await asyncio.wait([heart])
    assert beats == [0.25, 0.5, 0.75, 1.0]


async def test_a_job_in_a_thread_can_time_out(clock: Clock) -> None:
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(asyncio.to_thread(time.sleep, 2), 0.5)
    assert clock() == 0.5
    await asyncio.sleep(2)  # until it has ended


def test_a_run_ends_when_its_jobs_have_ended(clock: Clock) -> None:
    async def give_up() -> None:
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(asyncio.to_thread(time.sleep, 2), 0.5)

    asyncio.run(give_up())
    assert clock() == 2


async def test_two_workers_for_six_jobs(clock: Clock) -> None:
    loop = asyncio.get_running_loop()
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        await asyncio.gather(
            *(loop.run_in_executor(pool, time.sleep, 0.5) for _ in range(6))
        )
    assert clock() == 1.5


async def test_processes_take_no_virtual_time(clock: Clock) -> None:
    loop = asyncio.get_running_loop()
    with concurrent.futures.ProcessPoolExecutor(2) as pool:
        jobs = (loop.run_in_executor(pool, os.getpid) for _ in range(3))
        pids = await asyncio.gather(*jobs, asyncio.sleep(1))
    assert os.getpid() not in pids
    assert clock() == 1


async def test_a_job_that_nobody_wraps_counts_as_well(clock: Clock) -> None:
    with concurrent.futures.ThreadPoolExecutor() as pool:
        job = pool.submit(threading.Event().wait, 0.05)
        await asyncio.sleep(1)
        assert job.done()
        assert clock() == 1


def test_jobs_of_a_job(clock: Clock) -> None:
    """A pool within a pool: the inner jobs count while the outer one waits."""

    def nap(seconds: float) -> float:
        real_moment()
        time.sleep(seconds)
        real_moment()
        return elapsed()

    def outer() -> list[float]:
        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            return list(pool.map(nap, [1, 2, 3]))

    async def beside() -> list[float]:
        naps, _ = await asyncio.gather(asyncio.to_thread(outer), asyncio.sleep(9))
        return naps

    for _ in range(ROUNDS):
        assert run(beside()) == [1, 2, 4]


async def test_a_raw_thread_answers_in_time(clock: Clock) -> None:
    loop = asyncio.get_running_loop()
    answer = loop.create_future()

    def work() -> None:
        real_moment()
        loop.call_soon_threadsafe(answer.set_result, "answer")

    threading.Thread(target=work).start()
    assert await asyncio.wait_for(answer, 5) == "answer"
    assert clock() == 0


async def test_a_thread_runs_a_coroutine_on_the_loop(clock: Clock) -> None:
    loop = asyncio.get_running_loop()

    async def answer() -> str:
        await asyncio.sleep(1)
        return "from the loop"

    def ask() -> str:
        return asyncio.run_coroutine_threadsafe(answer(), loop).result()

    assert await asyncio.to_thread(ask) == "from the loop"
    assert clock() == 1


def test_a_loop_in_a_thread_of_its_own(clock: Clock) -> None:
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    asked = asyncio.run_coroutine_threadsafe(asyncio.sleep(2, "answer"), loop)
    assert asked.result() == "answer"
    assert clock() == 2
    time.sleep(1)
    assert clock() == 3
    loop.call_soon_threadsafe(loop.stop)
    thread.join()
    loop.close()


async def test_a_run_within_a_job(clock: Clock) -> None:
    async def inner() -> float:
        await asyncio.sleep(1)
        return clock()

    assert await asyncio.to_thread(lambda: asyncio.run(inner())) == 1
    assert clock() == 1


async def test_an_event_that_the_loop_sets_for_a_thread(clock: Clock) -> None:
    go = threading.Event()
    job = asyncio.create_task(asyncio.to_thread(go.wait))
    await asyncio.sleep(4)
    assert not job.done()
    go.set()
    assert await job
    assert clock() == 4


async def test_an_event_that_a_thread_sets_for_another(clock: Clock) -> None:
    go = threading.Event()

    def open_later() -> None:
        time.sleep(2)
        go.set()

    def wait() -> float:
        go.wait()
        return clock()

    came, _ = await asyncio.gather(
        asyncio.to_thread(wait), asyncio.to_thread(open_later)
    )
    assert came == 2


async def test_a_queue_between_the_loop_and_a_thread(clock: Clock) -> None:
    jobs = queue.Queue[int | None]()

    def consume() -> list[tuple[int, float]]:
        return [(item, clock()) for item in iter(jobs.get, None)]

    consumer = asyncio.create_task(asyncio.to_thread(consume))
    for number in range(3):
        jobs.put(number)
        await asyncio.sleep(1)
    jobs.put(None)
    assert await consumer == [(0, 0), (1, 1), (2, 2)]


async def test_a_barrier_of_threads(clock: Clock) -> None:
    meeting = threading.Barrier(3)

    def arrive(seconds: float) -> float:
        time.sleep(seconds)
        meeting.wait()
        return clock()

    jobs = (asyncio.to_thread(arrive, seconds) for seconds in (1, 2, 3))
    assert await asyncio.gather(*jobs) == [3, 3, 3]


async def test_a_job_submitted_by_hand(clock: Clock) -> None:
    with concurrent.futures.ThreadPoolExecutor(1) as pool:
        await asyncio.wrap_future(pool.submit(time.sleep, 1.5))
        assert clock() == 1.5


async def test_a_future_made_by_hand(clock: Clock) -> None:
    """No executor works on it: the clock goes on until somebody fills it."""
    hand_made = concurrent.futures.Future[str]()
    asyncio.get_running_loop().call_later(2, hand_made.set_result, "filled")
    assert await asyncio.wrap_future(hand_made) == "filled"
    assert clock() == 2


def test_a_future_that_nobody_fills() -> None:
    async def wait() -> None:
        await asyncio.wrap_future(concurrent.futures.Future[None]())

    with pytest.raises(StuckExample, match="Deadlock"):
        run(wait())


def test_a_thread_asleep_when_its_loop_closes_is_woken(clock: Clock) -> None:
    sleeper = threading.Thread(target=time.sleep, args=(100,))

    async def leave() -> None:
        sleeper.start()
        await asyncio.sleep(1)

    asyncio.run(leave())
    sleeper.join(20)
    assert not sleeper.is_alive()
    assert clock() == 1


def test_who_was_woken_so_does_not_count_as_asleep(clock: Clock) -> None:
    """In the next loop of the same world, the clock waits for a job once more."""

    async def leave() -> None:
        threading.Thread(target=time.sleep, args=(100,)).start()
        await asyncio.sleep(1)

    async def work() -> float:
        async def job() -> float:
            await asyncio.to_thread(threading.Event().wait, 0.05)
            return clock()

        ended, _ = await asyncio.gather(job(), asyncio.sleep(5))
        return ended

    asyncio.run(leave())
    assert asyncio.run(work()) == 1


async def test_a_subprocess_runs_at_the_real_rate(clock: Clock) -> None:
    program = "import time; time.sleep(0.25); print(42)"
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", program, stdout=asyncio.subprocess.PIPE
    )
    printed, _ = await asyncio.wait_for(process.communicate(), 25)
    assert printed.strip() == b"42"
    assert 0.25 <= clock() < 25


def races() -> list[Any]:
    return [pytest.param(race, id=race.__name__) for race in RACES]


@pytest.mark.parametrize("race", races())
def test_no_thread_races_the_clock(race: Race) -> None:
    assert [run(race()) for _ in range(ROUNDS)] == [RACES[race]] * ROUNDS
