"""One clock for a whole test: across its loops, and for the module `time`."""

from __future__ import annotations

import asyncio
import time
from time import monotonic, monotonic_ns, perf_counter, perf_counter_ns, time_ns

import pytest

from grader.harness import Clock, elapsed, run

HOUR = 3600


async def after(seconds: float) -> None:
    await asyncio.sleep(seconds)


def test_several_runs_share_one_clock(clock: Clock) -> None:
    assert clock() == 0
    asyncio.run(after(1))
    assert clock() == 1
    asyncio.run(after(2))
    with asyncio.Runner() as runner:
        runner.run(after(3))
        assert clock() == 6
        runner.run(after(4))
    assert clock() == 10


def test_a_loop_of_ones_own_shares_the_clock(clock: Clock) -> None:
    loop = asyncio.new_event_loop()
    try:
        loop.run_until_complete(after(5))
    finally:
        loop.close()
    assert clock() == 5


def test_run_has_a_clock_of_its_own(clock: Clock) -> None:
    async def seconds() -> float:
        await asyncio.sleep(7)
        return elapsed()

    assert [run(seconds()), run(seconds())] == [7, 7]
    assert clock() == elapsed() == 0


async def test_the_clocks_of_time_follow(clock: Clock) -> None:
    def by_attribute() -> tuple[float, ...]:
        return (
            time.time(),
            time.monotonic(),
            time.perf_counter(),
            time.time_ns(),
            time.monotonic_ns(),
            time.perf_counter_ns(),
        )

    before = by_attribute()
    await asyncio.sleep(1.5)
    passed = [after - old for old, after in zip(before, by_attribute(), strict=True)]
    assert passed == [1.5, 1.5, 1.5, 1_500_000_000, 1_500_000_000, 1_500_000_000]
    assert clock() == 1.5


async def test_the_clocks_follow_when_imported_by_name() -> None:
    floats, whole = (monotonic, perf_counter), (monotonic_ns, perf_counter_ns, time_ns)
    before = [now() for now in floats]
    before_ns = [now() for now in whole]
    await asyncio.sleep(0.25)
    assert [now() - b for now, b in zip(floats, before, strict=True)] == [0.25] * 2
    passed = [now() - b for now, b in zip(whole, before_ns, strict=True)]
    assert passed == [250_000_000] * 3


async def test_loop_time_monotonic_and_perf_counter_are_one_clock() -> None:
    loop = asyncio.get_running_loop()
    for _ in range(2):
        assert loop.time() == time.monotonic() == time.perf_counter()
        assert time.monotonic_ns() == time.perf_counter_ns() == loop.time() * 1e9
        await asyncio.sleep(1)


async def test_wall_clock_time_is_plausible_and_the_same_in_every_test() -> None:
    assert time.gmtime(time.time())[:4] == (2030, 1, 1, 18)  # 65,536 s after midnight


def test_time_sleep_outside_a_loop_moves_the_clock(clock: Clock) -> None:
    began = time.perf_counter()
    time.sleep(2)
    asyncio.run(after(1))
    assert (clock(), time.perf_counter() - began) == (3, 3)


async def test_libraries_keep_the_real_clock() -> None:
    """So that pytest's durations and a library's logs stay true."""
    library: dict[str, float] = {}
    exec(compile("from time import time; now = time()", "<a library>", "exec"), library)
    assert abs(time.time() - library["now"]) > HOUR


@pytest.mark.real_loop
async def test_the_real_loop_keeps_real_time() -> None:
    loop = asyncio.get_running_loop()
    began, counted = loop.time(), time.perf_counter()
    await asyncio.sleep(0.001)
    assert loop.time() - began >= 0.0009
    assert time.perf_counter() - counted >= 0.0009
