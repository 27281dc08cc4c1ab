"""Carry a request id without passing it on."""

import asyncio
from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from typing import TypeVar

T = TypeVar("T")

request_id: ContextVar[str] = ContextVar("request_id", default="-")


async def handle(rid: str, work: Callable[[], Awaitable[T]]) -> T:
    """Return what `work()` gives, with `rid` as the request id meanwhile."""
    token = request_id.set(rid)
    try:
        # Awaited here, not in a helper task that sets the id: a task gets a copy of
        # the context, and what it sets in the copy never comes back.
        return await work()
    finally:
        # The token remembers the id from before. Setting "-" again would be wrong
        # for a handle() inside another one.
        request_id.reset(token)


async def in_thread(f: Callable[[], T]) -> T:
    """Return what `f()` gives when called in a thread that knows the request id."""
    # loop.run_in_executor() would run f without our context; to_thread() copies it.
    return await asyncio.to_thread(f)
