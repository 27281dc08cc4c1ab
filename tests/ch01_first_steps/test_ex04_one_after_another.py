"""1.4: what `in_sequence()` and `at_once()` promise."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from exercises.ch01_first_steps.ex04_one_after_another import at_once, in_sequence
from grader.harness import Clock, elapsed, run

Job = Callable[[], Awaitable[str]]


class Kitchen:
    """Makes jobs that take their time, and logs when each is called and done."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.log: list[tuple[float, str]] = []

    def job(self, dish: str, seconds: float) -> Job:
        # Not `async def`: the log shows the call, which may come long before the run.
        def call() -> Coroutine[Any, Any, str]:
            self.log.append((self.clock(), f"{dish} called"))
            return self.cook(dish, seconds)

        return call

    async def cook(self, dish: str, seconds: float) -> str:
        await asyncio.sleep(seconds)
        self.log.append((self.clock(), f"{dish} done"))
        return dish

    def menu(self) -> list[Job]:
        return [self.job("soup", 3), self.job("rice", 1), self.job("fish", 2)]


async def test_in_sequence_takes_the_sum(clock: Clock) -> None:
    """`in_sequence()` returns all results, in order, after the sum of the times."""
    dishes = await in_sequence(Kitchen(clock).menu())

    assert dishes == ["soup", "rice", "fish"]
    assert clock() == 6.0


async def test_at_once_takes_the_longest(clock: Clock) -> None:
    """`at_once()` takes as long as the longest job, not the sum."""
    dishes = await at_once(Kitchen(clock).menu())

    assert sorted(dishes) == ["fish", "rice", "soup"]
    assert clock() == 3.0


async def test_at_once_keeps_the_order_of_the_jobs(clock: Clock) -> None:
    """`at_once()` returns results in the order of the jobs, whichever ends first."""
    dishes = await at_once(Kitchen(clock).menu())

    assert dishes == ["soup", "rice", "fish"]


async def test_without_jobs_there_is_nothing_to_wait_for(clock: Clock) -> None:
    """No jobs: both return an empty list at once."""
    results: list[list[str]] = [await in_sequence([]), await at_once([])]

    assert results == [[], []]
    assert clock() == 0.0


async def test_at_once_starts_all_jobs_before_it_waits(clock: Clock) -> None:
    """`at_once()` calls every job once, at time 0, and lets them run together."""
    kitchen = Kitchen(clock)

    await at_once(kitchen.menu())

    assert sorted(kitchen.log) == [
        (0.0, "fish called"),
        (0.0, "rice called"),
        (0.0, "soup called"),
        (1.0, "rice done"),
        (2.0, "fish done"),
        (3.0, "soup done"),
    ]


async def test_in_sequence_calls_a_job_after_the_one_before(clock: Clock) -> None:
    """`in_sequence()` does not even call a job before the previous one has ended."""
    kitchen = Kitchen(clock)

    await in_sequence(kitchen.menu())

    assert kitchen.log == [
        (0.0, "soup called"),
        (3.0, "soup done"),
        (3.0, "rice called"),
        (4.0, "rice done"),
        (4.0, "fish called"),
        (6.0, "fish done"),
    ]


@given(delays=st.lists(st.integers(0, 5), max_size=5))
@settings(max_examples=25, deadline=None, derandomize=True)
def test_whatever_the_delays(delays: list[int]) -> None:
    """Any number of jobs, any delays: the sum in sequence, the longest at once."""
    dishes = [f"dish {number}" for number in range(len(delays))]

    async def timed(
        how: Callable[[list[Job]], Awaitable[list[str]]],
    ) -> tuple[list[str], float]:
        kitchen = Kitchen(elapsed)
        jobs = [kitchen.job(dish, delays[n]) for n, dish in enumerate(dishes)]
        return await how(jobs), elapsed()

    assert run(timed(in_sequence)) == (dishes, sum(delays))
    assert run(timed(at_once)) == (dishes, max(delays, default=0))
