"""TCP inside one loop: both ends live here, joined by a pair of kernel sockets.

Transports, streams and servers are asyncio's own, so backpressure, EOF and resets are
real; only connecting is ours. Private asyncio names used here, pinned by
tests/grader/lab/test_private_names.py:
- `_start_serving`, `_stop_serving`: how a Server asks its loop to listen.
- `_make_socket_transport`: how a loop makes the transport of an accepted connection.
"""

from __future__ import annotations

import asyncio
import errno
import ipaddress
import socket
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from grader.harness.clock import VirtualLoop

_LOCAL = {"localhost", "", None, b"localhost", "0.0.0.0", "::", "::1"}
_FIRST_PORT = 49_152
# Fixed, so that backpressure begins at the same byte on every system.
_KERNEL_BUFFER = 64 * 1024

Address = tuple[str, int]


class _End(socket.socket):
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


class _Doorbell(socket.socket):
    """Stands for a listening socket: has an address, is never bound to the kernel."""

    def __init__(self, address: Address) -> None:
        super().__init__(socket.AF_INET, socket.SOCK_STREAM)
        self._address = address

    def getsockname(self) -> Address:
        return self._address

    def listen(self, backlog: int = 0) -> None:
        """Nothing to do: connections come through `Network.connect`."""


@dataclass(frozen=True)
class _Listener:
    factory: Any
    server: Any


class Network:
    """The listeners and open connections of one loop."""

    def __init__(self, loop: VirtualLoop) -> None:
        self._loop = loop
        self._listeners: dict[int, _Listener] = {}
        self._last_port = _FIRST_PORT
        self.dialled: dict[socket.socket, _End] = {}
        self.fds: set[int] = set()
        self.black_holes: set[int] = set()  # ports that never answer

    def free_port(self) -> int:
        self._last_port += 1
        return self._last_port

    def doorbell(self, host: Any, port: int | None) -> _Doorbell:
        """The socket of a new server; `port` 0 or None chooses a free one."""
        first = host[0] if isinstance(host, list | tuple) else host
        address = (resolve(first), port or self.free_port())
        if address[1] in self._listeners:
            raise OSError(errno.EADDRINUSE, f"address {address!r} is already in use")
        return _Doorbell(address)

    def listen(self, sock: socket.socket, factory: Any, server: Any) -> None:
        self._listeners[sock.getsockname()[1]] = _Listener(factory, server)

    def hang_up(self, sock: socket.socket) -> None:
        self._listeners.pop(sock.getsockname()[1], None)

    async def connect(self, address: Address) -> _End:
        """Join a new pair of sockets to the listener at `address`; the client's end."""
        if address[1] in self.black_holes:
            await self._loop.create_future()
        listener = self._listeners.get(address[1])
        if listener is None:
            raise ConnectionRefusedError(
                errno.ECONNREFUSED, f"Connect call failed {address!r}"
            )
        here = ("127.0.0.1", self.free_port())
        near, far = socket.socketpair()
        self._accept(listener, _End(far, address, here, self.fds))
        return _End(near, here, address, self.fds)

    def _accept(self, listener: _Listener, end: _End) -> None:
        self._loop._make_socket_transport(  # type: ignore[attr-defined]
            end,
            listener.factory(),
            extra={"peername": end.getpeername()},
            server=listener.server,
        )


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


class NetworkMixin(asyncio.SelectorEventLoop):
    """The methods of a loop through which asyncio and aiohttp reach the network."""

    network: Network

    async def getaddrinfo(self, host: Any, port: Any, **_: Any) -> Any:
        address = (resolve(host), int(port or 0))
        return [(socket.AF_INET, socket.SOCK_STREAM, 0, "", address)]

    async def sock_connect(self, sock: socket.socket, address: Any) -> None:
        if sock.family not in (socket.AF_INET, socket.AF_INET6):
            return await super().sock_connect(sock, address)
        end = await self.network.connect((address[0], address[1]))
        self.network.dialled[sock] = end
        return None

    async def create_connection(
        self, protocol_factory: Any, host: Any = None, port: Any = None, **options: Any
    ) -> Any:
        sock = options.pop("sock", None)
        if sock is None:
            _refuse_tls(options)
            end: Any = await self.network.connect((resolve(host), int(port)))
        elif sock in self.network.dialled:
            _refuse_tls(options)
            end = self.network.dialled.pop(sock)
            sock.close()
        else:
            end = sock
        return await super().create_connection(protocol_factory, sock=end)

    async def create_server(
        self, protocol_factory: Any, host: Any = None, port: Any = None, **options: Any
    ) -> Any:
        _refuse_tls(options)
        sock = options.get("sock") or self.network.doorbell(host, port)
        serving = options.get("start_serving", True)
        return await super().create_server(
            protocol_factory, sock=sock, start_serving=serving
        )

    def _start_serving(
        self,
        factory: Any,
        sock: Any,
        ssl: Any = None,
        server: Any = None,
        *_: Any,
        **_options: Any,  # Python 3.14 passes a context
    ) -> None:
        self.network.listen(sock, factory, server)

    def _stop_serving(self, sock: socket.socket) -> None:
        self.network.hang_up(sock)
        sock.close()


def _refuse_tls(options: dict[str, Any]) -> None:
    if options.get("ssl"):
        raise NotImplementedError("the tests' network has no TLS: use http://")
