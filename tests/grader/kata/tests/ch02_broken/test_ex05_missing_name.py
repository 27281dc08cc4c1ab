"""Call it by another name."""

from exercises.ch02_broken.ex05_missing_name import answer

from grader.harness import Clock


async def test_it_gives_42() -> None:
    """`answer()` gives 42."""
    assert await answer() == 42


async def test_it_takes_a_second(clock: Clock) -> None:
    """`answer()` takes one second."""
    await answer()

    assert clock() == 1
