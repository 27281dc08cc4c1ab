"""The private names that the lab relies on, so that a new Python fails here first."""

from __future__ import annotations

import asyncio
import concurrent.futures
import inspect
import selectors
import threading
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest


def changed(module: str, name: str) -> str:
    """What to do when a name is no longer what the lab takes it for."""
    return f"Python's `{name}` has changed: look at grader/harness/{module}.py"


async def sleeping() -> asyncio.Task[None]:
    """A task that has begun to wait; cancel it."""
    task = asyncio.create_task(asyncio.sleep(9))
    await asyncio.sleep(0)
    return task


async def end(*tasks: asyncio.Future[Any]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


async def test_fut_waiter() -> None:
    task = await sleeping()
    waiter = getattr(task, "_fut_waiter", None)
    assert isinstance(waiter, asyncio.Future), changed("awaiting", "_fut_waiter")
    await end(task)


async def test_children_of_gather() -> None:
    task = await sleeping()
    gathered: Any = asyncio.gather(task)
    assert type(gathered).__name__ == "_GatheringFuture", changed(
        "awaiting", "_GatheringFuture"
    )
    children = getattr(gathered, "_children", None)
    assert children == [task], changed("awaiting", "_children")
    await end(task, gathered)


async def test_tasks_of_a_group() -> None:
    async with asyncio.TaskGroup() as group:
        task = group.create_task(asyncio.sleep(1))
        children = getattr(group, "_tasks", None)
        assert children == {task}, changed("awaiting", "_tasks")


async def test_callbacks_of_shield() -> None:
    inner = await sleeping()
    outer = asyncio.shield(inner)
    callbacks = getattr(outer, "_callbacks", None)
    assert callbacks, changed("awaiting", "_callbacks")
    (callback, _) = callbacks[0]
    ending = callback.__qualname__.rpartition(".")[2]
    assert ending == "_outer_done_callback", changed("awaiting", "_outer_done_callback")
    hidden = inspect.getclosurevars(callback).nonlocals.get("inner")
    assert hidden is inner, changed("awaiting", "_outer_done_callback")
    await end(inner)
    with pytest.raises(asyncio.CancelledError):
        await outer


async def test_transport_of_a_reader() -> None:
    reader = asyncio.StreamReader()
    assert hasattr(reader, "_transport"), changed("awaiting", "_transport")


def test_locals_of_wait() -> None:
    assert "fs" in local_names(asyncio.tasks._wait), changed("awaiting", "_wait")  # type: ignore[attr-defined]
    assert "delay" in local_names(asyncio.sleep), changed("awaiting", "sleep")


def test_request_of_aiohttp() -> None:
    names = local_names(aiohttp.ClientSession._request)
    assert {"method", "str_or_url"} <= set(names), changed("awaiting", "_request")


def local_names(function: Any) -> tuple[str, ...]:
    names: tuple[str, ...] = inspect.unwrap(function).__code__.co_varnames
    return names


async def test_resolution_of_the_clock() -> None:
    """A timer due within the resolution fires; the loop reads it from this name."""
    loop = asyncio.get_running_loop()
    assert "_clock_resolution" in reads(asyncio.BaseEventLoop._run_once), changed(  # type: ignore[attr-defined]
        "clock", "_clock_resolution"
    )
    assert hasattr(loop, "_clock_resolution")


def reads(function: Any) -> tuple[str, ...]:
    """The attributes that a function's code mentions."""
    names: tuple[str, ...] = inspect.unwrap(function).__code__.co_names
    return names


@pytest.mark.real_loop
async def test_selector() -> None:
    loop = asyncio.get_running_loop()
    selector = getattr(loop, "_selector", None)
    assert isinstance(selector, selectors.BaseSelector), changed("clock", "_selector")
    run_once = reads(asyncio.BaseEventLoop._run_once)  # type: ignore[attr-defined]
    assert "select" in run_once, changed("clock", "_selector")


@pytest.mark.real_loop
async def test_scheduled_timers() -> None:
    """On the ordinary loop: `call_at` puts the handle on the heap and says so."""
    loop = asyncio.get_running_loop()
    timer = loop.call_later(60, print)
    heap = getattr(loop, "_scheduled", None)
    assert isinstance(heap, list), changed("clock", "_scheduled")
    assert timer in heap, changed("clock", "_scheduled")
    assert getattr(timer, "_scheduled", None) is True, changed("clock", "_scheduled")
    timer.cancel()


@pytest.mark.real_loop
async def test_default_executor() -> None:
    loop = asyncio.get_running_loop()
    assert getattr(loop, "_default_executor", 0) is None, changed(
        "clock", "_default_executor"
    )
    await loop.run_in_executor(None, int)
    executor = getattr(loop, "_default_executor", None)
    assert isinstance(executor, concurrent.futures.ThreadPoolExecutor), changed(
        "clock", "_default_executor"
    )


def test_check_closed() -> None:
    loop: Any = asyncio.SelectorEventLoop()
    check = getattr(loop, "_check_closed", None)
    assert check is not None, changed("clock", "_check_closed")
    loop.close()
    with pytest.raises(RuntimeError, match="closed"):
        check()


@pytest.mark.real_loop
@pytest.mark.parametrize(
    "name", ["_asyncgen_firstiter_hook", "_asyncgen_finalizer_hook"]
)
async def test_hooks_of_async_generators(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The ordinary loop calls them; they are looked up when a loop begins to run."""
    told: list[str] = []
    real = getattr(asyncio.SelectorEventLoop, name, None)
    assert real is not None, changed("loops", name)

    def hook(self: Any, agen: Any) -> None:
        told.append(name)
        real(self, agen)

    monkeypatch.setattr(asyncio.SelectorEventLoop, name, hook)

    async def one() -> AsyncIterator[int]:
        yield 1

    async def drop() -> None:
        async for _ in one():
            break

    def in_a_thread() -> None:
        with asyncio.Runner(loop_factory=asyncio.SelectorEventLoop) as runner:
            runner.run(drop())

    await asyncio.to_thread(in_a_thread)
    assert told == [name], changed("loops", name)


def test_a_turn_of_the_loop() -> None:
    assert hasattr(asyncio.BaseEventLoop, "_run_once"), changed("loops", "_run_once")


async def test_log_traceback() -> None:
    async def fail() -> None:
        raise ValueError

    task = asyncio.create_task(fail())
    await asyncio.wait([task])
    assert getattr(task, "_log_traceback", None) is True, changed(
        "leaks", "_log_traceback"
    )
    task.exception()
    assert getattr(task, "_log_traceback", None) is False


async def test_exception_without_a_look() -> None:
    async def fail() -> None:
        raise ValueError

    task = asyncio.create_task(fail())
    await asyncio.wait([task])
    error = getattr(task, "_exception", None)
    assert isinstance(error, ValueError), changed("timeline", "_exception")
    assert getattr(task, "_log_traceback", None) is True, (
        "`_exception` counts as a look"
    )
    task.exception()


@pytest.mark.parametrize("name", ["_start_serving", "_stop_serving"])
def test_serving(name: str) -> None:
    method = getattr(asyncio.SelectorEventLoop, name, None)
    assert method is not None, changed("network", name)
    server = inspect.getsource(asyncio.Server)
    assert f"._loop.{name}(" in server or f" loop.{name}(" in server, changed(
        "network", name
    )


def test_making_of_transports() -> None:
    method = getattr(asyncio.SelectorEventLoop, "_make_socket_transport", None)
    assert method is not None, changed("network", "_make_socket_transport")
    names = set(inspect.signature(method).parameters)
    assert {"sock", "protocol", "extra", "server"} <= names, changed(
        "network", "_make_socket_transport"
    )


def test_open_transports() -> None:
    loop: Any = asyncio.SelectorEventLoop()
    loop.close()
    assert hasattr(loop, "_transports"), changed("network", "_transports")


def test_target_of_a_thread() -> None:
    thread = threading.Thread(target=print)
    assert getattr(thread, "_target", None) is print, changed("threads", "_target")


@pytest.mark.parametrize(
    "kind",
    [
        concurrent.futures.ThreadPoolExecutor,
        concurrent.futures.ProcessPoolExecutor,
    ],
)
def test_workers_of_an_executor(kind: Any) -> None:
    with kind(3) as pool:
        workers = getattr(pool, "_max_workers", None)
    assert workers == 3, changed("threads", "_max_workers")
