"""Tests of 2.3: one answer out of any number of callbacks."""

import asyncio
from collections.abc import Callable

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from exercises.ch02_tasks.ex03_future_by_hand import call_back
from grader.harness import Clock, elapsed, run

# (delay, outcome); without a delay the call comes before register() returns.
Answer = tuple[float | None, object]
OnResult = Callable[[object], None]
OnError = Callable[[Exception], None]


class NobodyHomeError(Exception):
    """What the doorbell gives to `on_error`."""


class Doorbell:
    """Answers by callback, each answer after its delay; logs what callbacks raise."""

    def __init__(self, *answers: Answer) -> None:
        self.answers = answers
        self.registered = 0
        self.log: list[str] = []

    def register(self, on_result: OnResult, on_error: OnError) -> None:
        self.registered += 1
        loop = asyncio.get_running_loop()
        for delay, answer in self.answers:
            callback = on_error if isinstance(answer, NobodyHomeError) else on_result
            if delay is None:  # at once, before register() returns
                self.call(callback, answer)
            else:
                loop.call_later(delay, self.call, callback, answer)

    def call(self, callback: Callable[..., None], answer: object) -> None:
        try:
            callback(answer)
        except Exception as error:
            self.log.append(f"a callback raised {type(error).__name__}: {error}")


async def test_the_result_is_returned_when_it_comes(clock: Clock) -> None:
    """The value given to `on_result` is returned as soon as it is there."""
    doorbell = Doorbell((90, "front door"))

    visitor = await call_back(doorbell.register)

    assert (clock(), visitor) == (90, "front door")
    assert doorbell.registered == 1


async def test_the_error_is_raised(clock: Clock) -> None:
    """The exception given to `on_error` is raised."""
    error = NobodyHomeError("moved away")
    doorbell = Doorbell((2, error))

    with pytest.raises(NobodyHomeError) as caught:
        await call_back(doorbell.register)

    assert (clock(), caught.value) == (2, error)


async def test_every_value_is_a_result() -> None:
    """Any value can be the result: None, False, even an exception object."""
    values = [None, False, "", ValueError("a parcel")]

    results = [await call_back(Doorbell((1, value)).register) for value in values]

    assert results == values


async def test_an_answer_may_come_during_register(clock: Clock) -> None:
    """The callback may be called before `register` has returned."""
    doorbell = Doorbell((None, "already at the door"))

    visitor = await call_back(doorbell.register)

    assert (clock(), visitor) == (0, "already at the door")


async def test_nobody_looks_again_and_again(clock: Clock) -> None:
    """The waiting is woken by the callback, however long it takes: no polling."""
    doorbell = Doorbell((1000.3125, "at last"))

    visitor = await call_back(doorbell.register)

    assert (clock(), visitor) == (1000.3125, "at last")


def first_of(script: list[Answer]) -> Answer:
    """Return what is called first; of two calls at the same time, the first listed."""
    return min(script, key=lambda answer: -1 if answer[0] is None else answer[0])


scripts = st.lists(
    st.tuples(
        st.sampled_from([None, 0.0, 1.0, 2.0]),
        st.sampled_from(["guest", "parcel", NobodyHomeError("now")]),
    ),
    min_size=2,
    max_size=4,
)


# Without Phase.shrink: scripts this short have nothing to shrink.
@settings(max_examples=40, deadline=None, derandomize=True, phases=[Phase.generate])
@given(scripts)
def test_only_the_first_call_counts(script: list[Answer]) -> None:
    """Only the first call counts; every other one does nothing, and raises nothing."""
    doorbell = Doorbell(*script)

    async def ring() -> tuple[float, object]:
        try:
            outcome = await call_back(doorbell.register)
        except NobodyHomeError as error:
            outcome = error
        answered = elapsed()
        await asyncio.sleep(3)
        return answered, outcome

    delay, outcome = first_of(script)
    assert run(ring()) == (delay or 0, outcome)
    assert doorbell.log == []


async def test_a_call_after_cancellation_is_harmless() -> None:
    """A callback that comes when the waiting has been cancelled does nothing."""
    doorbell = Doorbell((2, "too late"), (3, NobodyHomeError("too late")))
    waiting = asyncio.create_task(call_back(doorbell.register))
    await asyncio.sleep(1)

    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    await asyncio.sleep(3)

    assert doorbell.log == []
