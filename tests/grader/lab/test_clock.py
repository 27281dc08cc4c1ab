"""The virtual clock: exact, shared by everything that tells time, and instant."""

from __future__ import annotations

import asyncio

import pytest

from grader.harness import Clock

HOUR = 3600


async def after(seconds: float, value: object = None) -> object:
    """Return `value` after `seconds`."""
    await asyncio.sleep(seconds)
    return value


async def test_sleep(clock: Clock) -> None:
    assert await after(1.5, "value") == "value"
    assert clock() == 1.5


async def test_sleeps_add_up_without_rounding_errors(clock: Clock) -> None:
    loop = asyncio.get_running_loop()
    began = loop.time()
    for _ in range(3):
        await asyncio.sleep(0.1)
    assert clock() == 0.3
    for _ in range(7):
        await asyncio.sleep(0.1)
    assert clock() == 1.0
    assert loop.time() == began + 1


async def test_different_sleeps_add_up(clock: Clock) -> None:
    await asyncio.sleep(0.1)
    await asyncio.sleep(0.2)
    assert clock() == 0.3


async def test_a_very_short_sleep(clock: Clock) -> None:
    await asyncio.sleep(1e-7)
    assert clock() == 1e-7


async def test_a_very_long_sleep(clock: Clock) -> None:
    await asyncio.sleep(100 * HOUR)
    assert clock() == 100 * HOUR


@pytest.mark.parametrize("seconds", [0, -1])
async def test_no_time_at_all(clock: Clock, seconds: float) -> None:
    await asyncio.sleep(seconds)
    assert clock() == 0


async def test_wait_for(clock: Clock) -> None:
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(after(9), 2.5)
    assert clock() == 2.5
    assert await asyncio.wait_for(after(1, "in time"), 2) == "in time"
    assert clock() == 3.5


async def test_timeout(clock: Clock) -> None:
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(3):
            await after(9)
    assert clock() == 3


async def test_timeout_at(clock: Clock) -> None:
    deadline = asyncio.get_running_loop().time() + 4
    with pytest.raises(TimeoutError):
        async with asyncio.timeout_at(deadline):
            await after(9)
    assert clock() == 4


async def test_an_answer_at_the_deadline_itself_is_late(clock: Clock) -> None:
    """Both fire at second 2; the timeout's timer is the older one."""
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(2):
            await asyncio.sleep(2)
    assert clock() == 2


async def test_gather(clock: Clock) -> None:
    assert await asyncio.gather(*(after(s, s) for s in (3, 1, 2))) == [3, 1, 2]
    assert clock() == 3


async def test_as_completed(clock: Clock) -> None:
    seen = [
        (await first, clock())
        for first in asyncio.as_completed([after(s, s) for s in (3, 1, 2)])
    ]
    assert seen == [(1, 1), (2, 2), (3, 3)]


async def test_task_group(clock: Clock) -> None:
    async with asyncio.TaskGroup() as group:
        for seconds in (1, 2, 0.5):
            group.create_task(after(seconds))
    assert clock() == 2


async def test_wait(clock: Clock) -> None:
    tasks = {asyncio.create_task(after(s)) for s in (1, 5)}
    done, pending = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    assert (len(done), len(pending), clock()) == (1, 1, 1)
    await asyncio.wait(pending, timeout=2)
    assert clock() == 3
    await asyncio.wait(pending)
    assert clock() == 5


async def test_semaphore(clock: Clock) -> None:
    semaphore = asyncio.Semaphore(2)
    log: list[float] = []

    async def job() -> None:
        async with semaphore:
            await asyncio.sleep(1)
            log.append(clock())

    await asyncio.gather(*(job() for _ in range(5)))
    assert log == [1, 1, 2, 2, 3]


async def test_condition(clock: Clock) -> None:
    condition = asyncio.Condition()

    async def waiter() -> float:
        async with condition:
            await condition.wait()
            await asyncio.sleep(1)  # under the lock: one after the other
            return clock()

    async def notifier() -> None:
        await asyncio.sleep(2)
        async with condition:
            condition.notify_all()

    first, second, _ = await asyncio.gather(waiter(), waiter(), notifier())
    assert (first, second) == (3, 4)


async def test_queue(clock: Clock) -> None:
    queue = asyncio.Queue[float](maxsize=1)

    async def producer() -> None:
        for _ in range(3):
            await queue.put(clock())

    async def consumer() -> list[tuple[float, float]]:
        got = []
        for _ in range(3):
            await asyncio.sleep(1)
            got.append((await queue.get(), clock()))
        return got

    _, got = await asyncio.gather(producer(), consumer())
    assert got == [(0, 1), (0, 2), (1, 3)]
