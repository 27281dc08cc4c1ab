"""1.1: what `greet()` and `main()` promise."""

import asyncio

from exercises.ch01_first_steps.ex01_hello_coroutine import greet, main
from grader.harness import Clock


async def test_greet_returns_the_greeting() -> None:
    """`greet()` returns the greeting itself, a string: "Hello, Ada!"."""
    greeting = await greet("Ada", 1)

    assert greeting == "Hello, Ada!"


async def test_greet_waits_as_long_as_it_is_told(clock: Clock) -> None:
    """`greet()` takes `delay` seconds, no more and no less."""
    await greet("Ada", 3)
    assert clock() == 3.0

    await greet("Grace", 0.5)
    assert clock() == 3.5


async def test_others_run_while_greet_waits(clock: Clock) -> None:
    """Two greetings that wait at the same time take as long as the longer one."""
    greetings = await asyncio.gather(greet("Ada", 2), greet("Grace", 3))

    assert list(greetings) == ["Hello, Ada!", "Hello, Grace!"]
    assert clock() == 3.0


def test_main_returns_the_greeting(clock: Clock) -> None:
    """`main()` returns "Hello, world!" after one second, and closes its loop."""
    greeting = main()

    assert greeting == "Hello, world!"
    assert clock() == 1.0


def test_main_can_be_called_whatever_ran_before(clock: Clock) -> None:
    """`main()` makes a loop of its own: it works twice, and after other loops."""
    asyncio.run(asyncio.sleep(1))

    greetings = [main(), main()]

    assert greetings == ["Hello, world!", "Hello, world!"]
    assert clock() == 3.0
