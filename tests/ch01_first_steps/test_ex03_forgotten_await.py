"""1.3: what `save_all()`, `can_delete()` and `only_even()` promise."""

import asyncio

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from exercises.ch01_first_steps.ex03_forgotten_await import (
    can_delete,
    only_even,
    save_all,
)
from grader.harness import Clock, run


class Archive:
    """Takes a second for each save, and fails at the item `broken`."""

    def __init__(self, clock: Clock, broken: str = "") -> None:
        self.clock = clock
        self.broken = broken
        self.log: list[tuple[float, str]] = []

    async def save(self, item: str) -> None:
        self.log.append((self.clock(), f"{item} begins"))
        await asyncio.sleep(1)
        if item == self.broken:
            raise OSError("disk full")
        self.log.append((self.clock(), f"{item} saved"))


async def is_admin(user: str) -> bool:
    """Know one admin, after half a second."""
    await asyncio.sleep(0.5)
    return user == "root"


async def is_even(number: int) -> bool:
    """Be slow for large numbers."""
    await asyncio.sleep(number)
    return number % 2 == 0


async def test_items_and_index_are_saved_in_order(clock: Clock) -> None:
    """Each item is saved before the next begins, the index last of all."""
    archive = Archive(clock)

    await save_all(archive.save, ["sea", "sky"])

    assert archive.log == [
        (0.0, "sea begins"),
        (1.0, "sea saved"),
        (1.0, "sky begins"),
        (2.0, "sky saved"),
        (2.0, "INDEX begins"),
        (3.0, "INDEX saved"),
    ]


async def test_save_all_counts_the_items(clock: Clock) -> None:
    """`save_all()` returns the number of items; the index does not count."""
    archive = Archive(clock)

    counts = [await save_all(archive.save, items) for items in (["sea"], list("abc"))]

    assert counts == [1, 3]


async def test_without_items_the_index_is_still_saved(clock: Clock) -> None:
    """With nothing to save, the index is saved all the same, and the count is 0."""
    archive = Archive(clock)

    count = await save_all(archive.save, [])

    assert count == 0
    assert archive.log == [(0.0, "INDEX begins"), (1.0, "INDEX saved")]


async def test_only_an_admin_can_delete() -> None:
    """`can_delete()` is True for an admin and False for everybody else."""
    answers = [await can_delete(is_admin, user) for user in ("root", "guest")]

    assert answers == [True, False]


async def test_odd_numbers_are_left_out() -> None:
    """`only_even()` keeps what `is_even` confirms, and nothing else."""

    async def doubt(number: int) -> bool:
        return False

    kept = await only_even(is_even, [4, 3, 2, 1])
    doubted = await only_even(doubt, [4, 3, 2, 1])

    assert kept == [4, 2]
    assert doubted == []


@given(numbers=st.lists(st.integers(0, 5), max_size=6))
@example(numbers=[2, 1, 2])
@settings(max_examples=25, deadline=None, derandomize=True)
def test_the_order_of_the_numbers_is_kept(numbers: list[int]) -> None:
    """Any numbers: the even ones come back in their order, as often as they came."""
    kept = run(only_even(is_even, numbers))

    assert kept == [number for number in numbers if number % 2 == 0]


async def test_a_failed_save_ends_it(clock: Clock) -> None:
    """If a save fails, its error comes out and nothing more is saved."""
    archive = Archive(clock, broken="sky")

    with pytest.raises(OSError, match="disk full"):
        await save_all(archive.save, ["sea", "sky", "sun"])

    assert archive.log == [
        (0.0, "sea begins"),
        (1.0, "sea saved"),
        (1.0, "sky begins"),
    ]
