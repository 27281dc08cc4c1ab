"""Awaits coroutines, tasks and futures, but no other awaitable object.

Whether something can be awaited depends on `__await__` alone, not on a list of
types: `inspect.isawaitable(x)` or `isinstance(x, Awaitable)` asks for it.

Fails: test_any_object_with_await_is_awaited_once
"""

import asyncio
import inspect


async def resolve(x):
    if inspect.iscoroutine(x) or asyncio.isfuture(x):
        return await x
    return x


def started(calls):
    return [not is_coroutine(call()) for call in calls]


def is_coroutine(made):
    if inspect.iscoroutine(made):
        made.close()
        return True
    return False
