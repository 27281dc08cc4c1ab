"""Hold a NUL byte."""

from exercises.ch02_broken.ex03_nul_byte import answer

from grader.harness import Clock


async def test_it_gives_42() -> None:
    """`answer()` gives 42."""
    assert await answer() == 42


async def test_it_takes_a_second(clock: Clock) -> None:
    """`answer()` takes one second."""
    await answer()

    assert clock() == 1
