"""Carry a request id without passing it on: a `with` block sets and restores it."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar

T = TypeVar("T")

request_id: ContextVar[str] = ContextVar("request_id", default="-")
POOL = ThreadPoolExecutor(4)


@contextmanager
def request(rid: str) -> Iterator[None]:
    token = request_id.set(rid)
    try:
        yield
    finally:
        request_id.reset(token)


async def handle(rid: str, work: Callable[[], Awaitable[T]]) -> T:
    with request(rid):
        return await work()


async def in_thread(f: Callable[[], T]) -> T:
    rid = request_id.get()

    def with_id() -> T:
        with request(rid):
            return f()

    return await asyncio.get_running_loop().run_in_executor(POOL, with_id)
