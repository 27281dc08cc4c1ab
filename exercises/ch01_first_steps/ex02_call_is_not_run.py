"""Tell a call from a run.

Calling an ordinary function runs it; calling an `async def` function only makes
a coroutine, and nothing has run yet. Some code must cope with both.

`resolve(x)` awaits `x` once and returns the result if `x` can be awaited: a
coroutine, a task, a future or any other such object. If not, it returns `x`
itself. An error raised by what it awaits comes out unchanged.

`started(calls)` calls each of `calls` once, in order, and returns a list: False
where the call only made a coroutine, True where it returned anything else. It
lets no coroutine run; it closes each one, so that none is left un-awaited.

    >>> await resolve(tide_table("Brest"))  # a coroutine that takes 4 s
    'high water at 6:12'
    >>> started([ring_the_bell, lambda: tide_table("Brest")])
    [True, False]
"""

from collections.abc import Awaitable, Callable
from typing import TypeVar

T = TypeVar("T")


async def resolve(x: T | Awaitable[T]) -> T:
    """Return the value of `x`, which may have to be awaited first."""
    # TODO: find out whether `x` can be awaited, and await it if so.
    raise NotImplementedError("resolve")


def started(calls: list[Callable[[], object]]) -> list[bool]:
    """Call each of `calls` and say for each whether the call has run it."""
    # TODO: look at what each call returns, and leave no coroutine behind.
    raise NotImplementedError("started")
