"""The order in which timers fire, and the times that callbacks see."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

from grader.harness import Clock

HOUR = 3600


async def test_timers_of_the_loop(clock: Clock) -> None:
    loop = asyncio.get_running_loop()
    log: list[tuple[str, float]] = []

    def note(name: str) -> None:
        log.append((name, clock()))

    loop.call_at(loop.time() + 2, note, "at")
    loop.call_later(1, note, "later")
    loop.call_later(1.5, note, "cancelled").cancel()
    loop.call_soon(note, "soon")
    await asyncio.sleep(3)
    assert log == [("soon", 0), ("later", 1), ("at", 2)]


async def test_ten_thousand_timers(clock: Clock) -> None:
    """They fire in the order of their times, each at its own."""
    loop = asyncio.get_running_loop()
    fired: list[tuple[int, float]] = []

    def note(number: int) -> None:
        fired.append((number, clock()))

    for number in range(10_000):
        when = (number * 7919) % 10_000  # every number once, well mixed
        loop.call_later(when / 8, note, when)
    await asyncio.sleep(HOUR)
    assert fired == [(number, number / 8) for number in range(10_000)]


async def test_timers_of_one_instant_fire_in_the_order_of_their_making() -> None:
    log: list[int] = []

    async def job(number: int) -> None:
        await asyncio.sleep(0.1)
        log.append(number)

    await asyncio.gather(*(job(number) for number in range(100)))
    assert log == list(range(100))


async def test_an_instant_reached_in_two_ways_is_one_instant(clock: Clock) -> None:
    """0.1 + 0.2 and 0.3 differ as floats; on this clock they are the same tick."""
    log: list[tuple[str, float]] = []

    async def direct() -> None:
        await asyncio.sleep(0.3)
        log.append(("direct", clock()))

    async def in_steps() -> None:
        await asyncio.sleep(0.1)
        await asyncio.sleep(0.2)
        log.append(("in steps", clock()))

    await asyncio.gather(in_steps(), direct())
    assert log == [("direct", 0.3), ("in steps", 0.3)]


async def test_async_generator(clock: Clock) -> None:
    async def ticks() -> AsyncIterator[float]:
        for _ in range(3):
            await asyncio.sleep(1)
            yield clock()

    assert [tick async for tick in ticks()] == [1, 2, 3]
