"""The sockets of the lab's network, and the only hosts it knows."""

from __future__ import annotations

import ipaddress
import socket
from dataclasses import dataclass
from typing import Any

from grader.verdict import Line

_LOCAL = {"localhost", "", None, b"localhost", "0.0.0.0", "::", "::1"}
# Fixed, so that backpressure begins at the same byte on every system.
_KERNEL_BUFFER = 64 * 1024

Address = tuple[str, int]


class End(socket.socket):
    """One end of a pair, with the addresses a TCP socket would tell."""

    def __init__(
        self, raw: socket.socket, here: Address, there: Address, fds: set[int]
    ):
        self._here, self._there, self._fds = here, there, fds
        super().__init__(raw.family, raw.type, raw.proto, raw.detach())
        self.setblocking(False)
        fds.add(self.fileno())
        for option in (socket.SO_SNDBUF, socket.SO_RCVBUF):
            self.setsockopt(socket.SOL_SOCKET, option, _KERNEL_BUFFER)

    def getsockname(self) -> Address:
        return self._here

    def getpeername(self) -> Address:
        return self._there

    def close(self) -> None:
        self._fds.discard(self.fileno())
        super().close()


class Doorbell(socket.socket):
    """Stands for a listening socket: has an address, is never bound to the kernel."""

    def __init__(self, address: Address) -> None:
        super().__init__(socket.AF_INET, socket.SOCK_STREAM)
        self._address = address

    def getsockname(self) -> Address:
        return self._address

    def listen(self, backlog: int = 0) -> None:
        """Nothing to do: connections come through `Network.connect`."""


@dataclass(frozen=True)
class Listener:
    """What a server waits with for connections, and the line that started it."""

    factory: Any
    server: Any
    made: Line | None


@dataclass(frozen=True)
class Connection:
    """One end of a connection."""

    transport: Any
    kind: str
    made: Line | None  # None: by a library, which minds its own connections

    @property
    def is_open(self) -> bool:
        return not self.transport.is_closing()


def resolve(host: Any) -> str:
    """The address of a host; only this machine is known."""
    if host in _LOCAL:
        return "127.0.0.1"
    name = host.decode() if isinstance(host, bytes) else host
    try:
        return str(ipaddress.ip_address(name))
    except ValueError:
        raise socket.gaierror(
            socket.EAI_NONAME,
            f"unknown host {name!r}: the tests have no real network",
        ) from None


def refuse_tls(options: dict[str, Any]) -> None:
    """Say at once that only plain connections are to be had."""
    if options.get("ssl"):
        raise NotImplementedError("the tests' network has no TLS: use http://")
