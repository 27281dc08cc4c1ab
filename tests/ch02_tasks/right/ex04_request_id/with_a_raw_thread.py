"""Carry a request id without passing it on: a thread and a future, made by hand."""

import asyncio
import contextvars
import threading
from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from typing import TypeVar

T = TypeVar("T")

request_id: ContextVar[str] = ContextVar("request_id", default="-")


async def handle(rid: str, work: Callable[[], Awaitable[T]]) -> T:
    token = request_id.set(rid)
    try:
        result = await work()
    except BaseException:
        request_id.reset(token)
        raise
    request_id.reset(token)
    return result


async def in_thread(f: Callable[[], T]) -> T:
    loop = asyncio.get_running_loop()
    context = contextvars.copy_context()
    answer: asyncio.Future[T] = loop.create_future()

    def target() -> None:
        try:
            result = context.run(f)
        except Exception as error:
            loop.call_soon_threadsafe(answer.set_exception, error)
        else:
            loop.call_soon_threadsafe(answer.set_result, result)

    threading.Thread(target=target).start()
    return await answer
