"""The place to listen at, found before anything slow is imported."""

from __future__ import annotations

import contextlib
import socket
from collections.abc import Iterator, Sequence

from grader.errors import UsageError

HOST = "127.0.0.1"
_PORTS = range(8765, 8785)


@contextlib.contextmanager
def listen(port: int | None) -> Iterator[socket.socket]:
    """A socket on `port`, or on the first that is free of those we like.

    Browsers that come before anybody answers are kept waiting, not refused.
    """
    with contextlib.closing(_bound([port] if port else [*_PORTS, 0])) as listener:
        listener.listen(128)
        yield listener


def address(listener: socket.socket) -> str:
    """What to type into a browser."""
    return f"http://localhost:{listener.getsockname()[1]}/"


def _bound(ports: Sequence[int]) -> socket.socket:
    for port in ports:
        listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((HOST, port))
        except (OSError, OverflowError) as error:
            listener.close()
            reason = getattr(error, "strerror", None) or "there is no such port"
        else:
            return listener
    raise UsageError(f"`--port {ports[-1]}`: {reason}. Try another, or none.")
