"""Carry a request id without passing it on: each request is a task with its context."""

import asyncio
import contextvars
from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from typing import TypeVar

T = TypeVar("T")

request_id: ContextVar[str] = ContextVar("request_id", default="-")


async def handle(rid: str, work: Callable[[], Awaitable[T]]) -> T:
    async def request() -> T:
        request_id.set(rid)
        return await work()

    return await asyncio.create_task(request())


async def in_thread(f: Callable[[], T]) -> T:
    loop = asyncio.get_running_loop()
    return await loop.run_in_executor(None, contextvars.copy_context().run, f)
