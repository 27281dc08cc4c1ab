"""Carry a request id without passing it on.

Every line that a server logs should name the request it belongs to, and no function
wants one more parameter for that. `request_id.get()` tells it anywhere.

`handle(rid, work)` calls `work()`, awaits it and returns its result. Meanwhile the
id is `rid`: in `work`, in everything it awaits, and in tasks that it starts.
When `handle()` ends, with a result or an error, its caller has the id it had before,
so one `handle()` may run inside another, and many at the same time.
What a task sets for itself stays in that task.

`in_thread(f)` runs the blocking function `f` in another thread, while the loop goes
on. There `f` sees the caller's id, and its result or error comes back.

    >>> await handle("42", read_basket)  # after 2 s; meanwhile request_id is "42"
    ['apples']
    >>> request_id.get()
    '-'
"""

from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from typing import TypeVar

T = TypeVar("T")

request_id: ContextVar[str] = ContextVar("request_id", default="-")


async def handle(rid: str, work: Callable[[], Awaitable[T]]) -> T:
    """Return what `work()` gives, with `rid` as the request id meanwhile."""
    # TODO: set the id, await the work, restore the id whatever happens.
    raise NotImplementedError("handle")


async def in_thread(f: Callable[[], T]) -> T:
    """Return what `f()` gives when called in a thread that knows the request id."""
    # TODO: call `f` in a thread of its own, where the id is the caller's.
    raise NotImplementedError("in_thread")
