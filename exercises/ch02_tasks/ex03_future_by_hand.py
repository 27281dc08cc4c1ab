"""Await a callback.

The doorbell's library is older than `await`: you give its `register` function two
callbacks, and later, from the loop's own thread, it calls `on_result(value)` or
`on_error(exception)`. It may do so before `register` has returned.

`call_back()` registers once and waits for the answer, without looking again and
again. It returns the value, whatever it is, even None, or raises the exception.
The library is careless: it may call again, and may call when the one who waited
was cancelled long ago. Only the first call counts. No later call does
anything, and no callback ever raises.

    >>> await call_back(doorbell.register)  # rings after 90 s
    'front door'
"""

from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


async def call_back(
    register: Callable[[Callable[[T], None], Callable[[Exception], None]], None],
) -> T:
    """Return what `on_result` is given, or raise what `on_error` is given."""
    # TODO: register two callbacks.
    # TODO: wait until one of them is called.
    # TODO: make calls harmless that come twice or too late.
    raise NotImplementedError("call_back")
