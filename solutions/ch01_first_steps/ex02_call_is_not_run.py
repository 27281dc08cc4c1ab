"""Tell a call from a run.

What can be awaited is whatever has `__await__`: coroutines, tasks, futures and
objects of your own. That is a question to ask beforehand. The tempting
`try: return await x` with `except TypeError: return x` also swallows a TypeError
raised by the awaited work, and returns a coroutine that is already spent.
"""

import inspect
from collections.abc import Awaitable, Callable
from typing import TypeVar

T = TypeVar("T")


async def resolve(x: T | Awaitable[T]) -> T:
    """Return the value of `x`, which may have to be awaited first."""
    if isinstance(x, Awaitable):
        return await x
    return x


def started(calls: list[Callable[[], object]]) -> list[bool]:
    """Call each of `calls` and say for each whether the call has run it."""
    return [_has_run(call()) for call in calls]


def _has_run(result: object) -> bool:
    # Ask the result, not the function: `inspect.iscoroutinefunction()` knows
    # nothing of a lambda that returns a coroutine.
    if inspect.iscoroutine(result):
        result.close()
        return False
    return True
