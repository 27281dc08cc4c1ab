"""1.5: what `pause()` and `checksum()` promise."""

import asyncio
import threading
from typing import Self

from exercises.ch01_first_steps.ex05_do_not_block import checksum, pause
from grader.harness import Clock


async def heartbeat(clock: Clock, beats: int) -> list[float]:
    """Wake up once a second and return the times of the beats."""
    times = []
    for _ in range(beats):
        await asyncio.sleep(1)
        times.append(clock())
    return times


class Turns:
    """Counts how many numbers are added between two turns of the event loop."""

    def __init__(self) -> None:
        self.longest = 0
        self._added = 0
        self._thread = threading.get_ident()

    def add(self) -> None:
        if threading.get_ident() != self._thread:
            return  # another thread: the loop is free meanwhile
        if self._added == 0:
            asyncio.get_running_loop().call_soon(self._new_turn)
        self._added += 1
        self.longest = max(self.longest, self._added)

    def _new_turn(self) -> None:
        self._added = 0


class Number(int):
    """Tells `turns` when it is added to something."""

    turns: Turns

    def __new__(cls, value: int, turns: Turns) -> Self:
        number = super().__new__(cls, value)
        number.turns = turns
        return number

    def __add__(self, other: int) -> int:
        self.turns.add()
        return int(self) + other

    __radd__ = __add__

    def __mod__(self, other: int) -> int:
        self.turns.add()
        return int(self) % other


async def test_pause_takes_its_time(clock: Clock) -> None:
    """`pause()` waits for exactly the given time, fractions of a second too."""
    await pause(2.5)

    assert clock() == 2.5


async def test_the_heart_beats_during_a_pause(clock: Clock) -> None:
    """Another task wakes up on time while `pause()` waits."""
    _, beats = await asyncio.gather(pause(3.5), heartbeat(clock, 3))

    assert beats == [1.0, 2.0, 3.0]


async def test_pauses_overlap(clock: Clock) -> None:
    """Pauses at the same time do not add up."""
    await asyncio.gather(pause(4), pause(2), pause(4))

    assert clock() == 4.0


async def test_the_checksum_is_right() -> None:
    """The sum modulo 65,521 comes out, of 0 numbers, of 1,000, of 2,500."""
    sizes = [0, 1, 999, 1000, 1001, 2500]

    sums = [await checksum([7 * n for n in range(size)]) for size in sizes]

    assert sums == [sum(7 * n for n in range(size)) % 65_521 for size in sizes]


async def test_others_get_a_turn_every_thousand_numbers() -> None:
    """The others get a turn whenever at most 1,000 numbers have been added."""
    turns = Turns()
    numbers: list[int] = [Number(value, turns) for value in range(10_000)]

    total = await checksum(numbers)

    assert total == sum(range(10_000)) % 65_521
    assert turns.longest <= 1_000, "numbers added before the others got a turn"


async def test_the_clock_stands_still_during_checksum(clock: Clock) -> None:
    """`checksum()` computes and does not wait: it takes no time on the clock."""
    await checksum(list(range(10_000)))

    assert clock() == 0.0
