"""Tests of 2.4: who sees which request id, and for how long."""

import asyncio
import threading
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exercises.ch02_tasks.ex04_request_id import handle, in_thread, request_id
from grader.harness import Clock, run


class OutOfStockError(Exception):
    """What the work of an unhappy request raises."""


async def look_it_up() -> str:
    """Work that waits for a second and then asks for the id, far from `handle()`."""
    await asyncio.sleep(1)
    return request_id.get()


async def test_the_work_sees_the_id(clock: Clock) -> None:
    """`handle()` returns the work's result; all that the work awaits sees the id."""

    async def work() -> list[str]:
        return [request_id.get(), await look_it_up()]

    seen = await handle("42", work)

    assert seen == ["42", "42"]
    assert clock() == 1


async def test_the_id_is_gone_afterwards() -> None:
    """When `handle()` has ended, its caller has the id it had before."""
    before = request_id.get()

    await handle("42", look_it_up)

    assert (before, request_id.get()) == ("-", "-")


async def test_the_id_is_gone_after_an_error() -> None:
    """An error of the work comes out of `handle()`, and the id is restored."""
    error = OutOfStockError("apples")

    async def work() -> None:
        raise error

    with pytest.raises(OutOfStockError) as caught:
        await handle("42", work)

    assert (caught.value, request_id.get()) == (error, "-")


async def test_one_request_inside_another() -> None:
    """After a `handle()` inside another one, the outer request has its own id again."""

    async def outer() -> list[str]:
        return [
            request_id.get(),
            await handle("inner", look_it_up),
            request_id.get(),
        ]

    seen = await handle("outer", outer)

    assert seen == ["outer", "inner", "outer"]


pauses = st.lists(st.integers(0, 3), min_size=1, max_size=3)


@settings(max_examples=30, deadline=None, derandomize=True)
@given(st.lists(pauses, min_size=2, max_size=4))
def test_requests_at_the_same_time_keep_their_ids(script: list[list[int]]) -> None:
    """However their waiting interleaves, each request sees its own id throughout."""

    async def request(rid: str, pauses: list[int]) -> set[str]:
        async def work() -> set[str]:
            seen = {request_id.get()}
            for seconds in pauses:
                await asyncio.sleep(seconds)
                seen.add(request_id.get())
            return seen

        return await handle(rid, work)

    async def serve() -> list[set[str]]:
        requests = (request(f"request {n}", p) for n, p in enumerate(script))
        return await asyncio.gather(*requests)

    assert run(serve()) == [{f"request {n}"} for n in range(len(script))]


async def test_what_a_task_sets_stays_there() -> None:
    """A task that the work starts sees the id, and what it sets stays its own."""

    async def child() -> list[str]:
        inherited = await look_it_up()
        request_id.set("child")
        return [inherited, await look_it_up()]

    async def work() -> tuple[list[str], str]:
        task = asyncio.create_task(child())
        return await task, request_id.get()

    seen = await handle("parent", work)

    assert seen == (["parent", "child"], "parent")


async def test_the_thread_sees_the_id() -> None:
    """`in_thread()` calls `f` in another thread, where the id is the caller's."""
    home = threading.current_thread()

    def blocking() -> str:
        time.sleep(1)
        here = threading.current_thread()
        place = "the loop's own thread" if here is home else "another thread"
        return f"{request_id.get()} in {place}"

    async def work() -> str:
        return await in_thread(blocking)

    inside = await handle("42", work)
    outside = await in_thread(blocking)

    assert [inside, outside] == ["42 in another thread", "- in another thread"]


async def test_the_loop_goes_on_while_threads_work(clock: Clock) -> None:
    """While `f` blocks its thread the loop goes on; its result or error comes back."""

    def blocking() -> str:
        time.sleep(2)
        return "read"

    def failing() -> str:
        time.sleep(1)
        raise OutOfStockError("apples")

    reading = asyncio.create_task(in_thread(blocking))
    with pytest.raises(OutOfStockError):
        await in_thread(failing)
    failed_at = clock()
    result = await reading

    assert (failed_at, clock(), result) == (1, 2, "read")
