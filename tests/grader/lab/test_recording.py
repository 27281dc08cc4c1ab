"""Recording the timeline changes nothing that a program could notice."""

from __future__ import annotations

import asyncio
import contextvars
import inspect
import io
import sys
import warnings
from collections.abc import AsyncIterator
from typing import Any

import pytest

from grader.harness.clock import VirtualLoop

WHO = contextvars.ContextVar("WHO", default="nobody")


async def job(seconds: float) -> float:
    await asyncio.sleep(seconds)
    return seconds


@pytest.fixture(autouse=True)
async def recorded() -> AsyncIterator[None]:
    """Every one of these tests has been recorded: its loop has rows to show."""
    loop = asyncio.get_running_loop()
    assert isinstance(loop, VirtualLoop)
    yield
    assert loop.timeline.rows()


async def test_gather() -> None:
    assert [*await asyncio.gather(asyncio.create_task(job(1)), job(2))] == [1, 2]


async def test_wait_for_a_task() -> None:
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(asyncio.create_task(job(5)), 1)


async def test_wait_for_a_coroutine() -> None:
    assert await asyncio.wait_for(job(1), 2) == 1


async def test_timeout_in_a_task() -> None:
    async def impatient() -> None:
        async with asyncio.timeout(1):
            await job(9)

    with pytest.raises(TimeoutError):
        await asyncio.create_task(impatient())


async def test_task_group() -> None:
    """The others are cancelled when one child fails."""
    others: list[asyncio.Task[float]] = []

    async def fail() -> None:
        await asyncio.sleep(1)
        raise ValueError

    async def group() -> None:
        async with asyncio.TaskGroup() as children:
            others.append(children.create_task(job(9)))
            children.create_task(fail())

    with pytest.raises(ExceptionGroup) as caught:
        await group()
    assert [type(error) for error in caught.value.exceptions] == [ValueError]
    assert others[0].cancelled()


async def test_cancel_with_a_message() -> None:
    seen: list[tuple[object, ...]] = []

    async def stop() -> None:
        try:
            await job(9)
        except asyncio.CancelledError as error:
            seen.append(error.args)
            raise

    task = asyncio.create_task(stop())
    await asyncio.sleep(0)
    task.cancel("why")
    await asyncio.wait([task])
    assert task.cancelled()
    assert seen == [("why",)]


async def test_cancel_before_the_first_step() -> None:
    task = asyncio.create_task(job(1))
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


async def test_uncancel() -> None:
    async def stubborn() -> int:
        task = asyncio.current_task()
        assert task is not None
        try:
            await job(9)
        except asyncio.CancelledError:
            return task.uncancel()
        return -1

    task = asyncio.create_task(stubborn())
    await asyncio.sleep(1)
    task.cancel()
    assert await task == 0


async def test_current_task() -> None:
    async def me() -> asyncio.Task[object] | None:
        return asyncio.current_task()

    task = asyncio.create_task(me())
    assert await task is task


async def test_get_stack() -> None:
    async def outer() -> None:
        await job(1)

    task = asyncio.create_task(outer())
    await asyncio.sleep(0)
    assert [frame.f_code.co_name for frame in task.get_stack()] == ["outer"]
    await task


async def test_print_stack() -> None:
    task = asyncio.create_task(job(1))
    await asyncio.sleep(0)
    printed = io.StringIO()
    task.print_stack(file=printed)
    assert "in job" in printed.getvalue()
    await task


async def test_get_coro() -> None:
    coro = job(0)
    task = asyncio.create_task(coro)
    if not task.done():  # an eager one may have ended, and then lets go of it
        assert task.get_coro() is coro
        assert inspect.iscoroutine(coro)
    await task


async def test_repr_and_name() -> None:
    task = asyncio.create_task(job(1), name="courier")
    assert "job()" in repr(task)
    assert task.get_name() == "courier"
    await task


async def test_a_task_has_a_context_of_its_own() -> None:
    WHO.set("parent")

    async def child() -> str:
        before = WHO.get()
        WHO.set("child")
        return before

    assert await asyncio.create_task(child()) == "parent"
    assert WHO.get() == "parent"


async def test_a_context_that_is_given() -> None:
    context = contextvars.copy_context()
    context.run(WHO.set, "given")

    async def who() -> str:
        return WHO.get()

    assert await asyncio.create_task(who(), context=context) == "given"


async def test_no_frame_of_ours_in_a_traceback() -> None:
    async def fail() -> None:
        raise ValueError

    task = asyncio.create_task(fail())
    with pytest.raises(ValueError) as caught:  # noqa: PT011
        await task
    names = [frame.name for frame in caught.traceback]
    assert names == ["test_no_frame_of_ours_in_a_traceback", "fail"]


async def test_never_awaited() -> None:
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        job(1)  # type: ignore[unused-coroutine]
    assert ["was never awaited" in str(w.message) for w in caught] == [True]


@pytest.fixture
async def eager() -> AsyncIterator[None]:
    loop = asyncio.get_running_loop()
    before = loop.get_task_factory()
    factory: Any = asyncio.eager_task_factory  # type: ignore[attr-defined]
    loop.set_task_factory(factory)
    yield
    loop.set_task_factory(before)


@pytest.mark.skipif(sys.version_info < (3, 12), reason="they came with Python 3.12")
@pytest.mark.usefixtures("eager")
async def test_eager_tasks() -> None:
    async def at_once() -> int:
        return 1

    assert asyncio.create_task(at_once()).done()
    assert await asyncio.create_task(job(1)) == 1


async def test_async_generator_in_a_task() -> None:
    async def count() -> AsyncIterator[int]:
        for number in range(3):
            await asyncio.sleep(1)
            yield number

    async def collect() -> list[int]:
        return [number async for number in count()]

    assert await asyncio.create_task(collect()) == [0, 1, 2]


async def test_shield() -> None:
    task = asyncio.create_task(job(2))
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(asyncio.shield(task), 1)
    assert await task == 2


async def test_a_task_factory_of_ones_own() -> None:
    made: list[str] = []

    def factory(loop, coro, **options):  # type: ignore[no-untyped-def]
        made.append(coro.__name__)
        return asyncio.Task(coro, loop=loop, **options)

    loop = asyncio.get_running_loop()
    loop.set_task_factory(factory)
    assert await asyncio.create_task(job(1)) == 1
    loop.set_task_factory(None)
    assert made == ["job"]
