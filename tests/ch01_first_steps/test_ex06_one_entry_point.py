"""1.6: what `run_all()` and `outer()` promise."""

import asyncio

import pytest

from exercises.ch01_first_steps.ex06_one_entry_point import outer, run_all
from grader.harness import Clock


class Darkroom:
    """Takes `seconds` to develop a photo, and logs who was developed when and where."""

    def __init__(self, clock: Clock, seconds: dict[str, float]) -> None:
        self.clock = clock
        self.seconds = seconds
        self.starts: list[tuple[float, str]] = []
        self.loops: list[asyncio.AbstractEventLoop] = []

    async def develop(self, photo: str) -> str:
        self.starts.append((self.clock(), photo))
        self.loops.append(asyncio.get_running_loop())
        await asyncio.sleep(self.seconds[photo])
        if photo == "blank":
            raise ValueError("nothing on it")
        return f"{photo}.png"


async def test_outer_returns_the_result(clock: Clock) -> None:
    """`outer()` runs `f()` and returns its result."""
    darkroom = Darkroom(clock, {"cat": 2})

    picture = await outer(lambda: darkroom.develop("cat"))

    assert picture == "cat.png"
    assert clock() == 2.0


async def test_outer_stays_on_the_running_loop(clock: Clock) -> None:
    """`outer()` runs `f()` on the loop that is running already."""
    darkroom = Darkroom(clock, {"cat": 2})

    await outer(lambda: darkroom.develop("cat"))

    here = [loop is asyncio.get_running_loop() for loop in darkroom.loops]
    assert here == [True], "did `f()` run on the loop of `outer()`?"


def test_run_all_returns_results_in_order(clock: Clock) -> None:
    """`run_all()` returns the results in the order of the items."""
    darkroom = Darkroom(clock, {"cat": 3, "dog": 1, "owl": 2})

    pictures = run_all(darkroom.develop, ["cat", "dog", "owl"])

    assert pictures == ["cat.png", "dog.png", "owl.png"]


def test_one_loop_for_all_and_closed_at_the_end(clock: Clock) -> None:
    """All items run on one event loop, which is closed when `run_all()` returns."""
    darkroom = Darkroom(clock, {"cat": 2, "dog": 1})

    run_all(darkroom.develop, ["cat", "dog"])

    loops = set(darkroom.loops)
    assert len(loops) == 1, "event loops used"
    assert [loop.is_closed() for loop in loops] == [True], "is the loop closed?"


def test_all_items_run_at_the_same_time(clock: Clock) -> None:
    """All items start at time 0, and the longest decides how long it takes."""
    darkroom = Darkroom(clock, {"cat": 3, "dog": 1, "owl": 2})

    run_all(darkroom.develop, ["cat", "dog", "owl"])

    assert sorted(darkroom.starts) == [(0.0, "cat"), (0.0, "dog"), (0.0, "owl")]
    assert clock() == 3.0


def test_without_items_there_is_nothing_to_run(clock: Clock) -> None:
    """No items: an empty list, at once."""
    pictures = run_all(Darkroom(clock, {}).develop, [])

    assert pictures == []
    assert clock() == 0.0


def test_run_all_works_whatever_ran_before(clock: Clock) -> None:
    """`run_all()` works after another `asyncio.run()`, and as often as you like."""
    darkroom = Darkroom(clock, {"cat": 1, "dog": 1, "owl": 1})
    photos = ["cat", "dog", "owl"]
    asyncio.run(asyncio.sleep(1))

    pictures = [run_all(darkroom.develop, photos) for _ in range(2)]

    assert pictures == [["cat.png", "dog.png", "owl.png"]] * 2
    assert clock() == 3.0


def test_the_loop_is_closed_when_an_item_fails(clock: Clock) -> None:
    """If `f` fails, its error comes out, and the loop is closed all the same."""
    darkroom = Darkroom(clock, {"blank": 1})

    # A task group wraps the error; what counts is that it is not lost.
    with pytest.raises((ValueError, ExceptionGroup)):
        run_all(darkroom.develop, ["blank"])

    closed = [loop.is_closed() for loop in darkroom.loops]
    assert closed == [True], "is the loop closed?"
