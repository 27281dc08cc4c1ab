"""Carry a request id without passing it on: old value and context kept by hand."""

import asyncio
import contextvars
from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from typing import TypeVar

T = TypeVar("T")

request_id: ContextVar[str] = ContextVar("request_id", default="-")


async def handle(rid: str, work: Callable[[], Awaitable[T]]) -> T:
    before = request_id.get()
    request_id.set(rid)
    try:
        return await work()
    finally:
        request_id.set(before)


async def in_thread(f: Callable[[], T]) -> T:
    context = contextvars.copy_context()
    return await asyncio.get_running_loop().run_in_executor(None, context.run, f)
