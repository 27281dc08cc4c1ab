"""TCP inside one loop: both ends live here, joined by a pair of kernel sockets.

Transports, streams and servers are asyncio's own, so backpressure, EOF and resets are
real; only connecting is ours. Private asyncio names used here, pinned by
tests/grader/lab/test_private_names.py:
- `_start_serving`, `_stop_serving`: how a Server asks its loop to listen.
- `_transports`: the transports of a loop that are not closed.
- `_make_socket_transport`: how a loop makes the transport of an accepted connection.
"""

from __future__ import annotations

import asyncio
import errno
import socket
import sys
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from grader.harness.loops import maker
from grader.harness.sockets import (
    Address,
    Connection,
    Doorbell,
    End,
    Listener,
    refuse_tls,
    resolve,
)
from grader.harness.world import Problem
from grader.verdict import Line

if TYPE_CHECKING:
    from grader.harness.clock import VirtualLoop

_FIRST_PORT = 49_152


class Network:
    """The listeners and open connections of one loop."""

    def __init__(self, loop: VirtualLoop) -> None:
        self._loop = loop
        self._listeners: dict[int, Listener] = {}
        self._last_port = _FIRST_PORT
        self.dialled: dict[socket.socket, End] = {}
        self.fds: set[int] = set()
        self.black_holes: set[int] = set()  # ports that never answer
        self._connections: list[Connection] = []

    def free_port(self) -> int:
        self._last_port += 1
        return self._last_port

    def doorbell(self, host: Any, port: int | None) -> Doorbell:
        """The socket of a new server; `port` 0 or None chooses a free one."""
        first = host[0] if isinstance(host, list | tuple) else host
        address = (resolve(first), port or self.free_port())
        if address[1] in self._listeners:
            raise OSError(errno.EADDRINUSE, f"address {address!r} is already in use")
        return Doorbell(address)

    def listen(self, sock: socket.socket, factory: Any, server: Any) -> None:
        listener = Listener(factory, server, maker(sys._getframe(1)))
        self._listeners[sock.getsockname()[1]] = listener

    def hang_up(self, sock: socket.socket) -> None:
        self._listeners.pop(sock.getsockname()[1], None)

    async def connect(self, address: Address) -> End:
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
        self._accept(listener, End(far, address, here, self.fds))
        return End(near, here, address, self.fds)

    def _accept(self, listener: Listener, end: End) -> None:
        transport = self._loop._make_socket_transport(  # type: ignore[attr-defined]
            end,
            listener.factory(),
            extra={"peername": end.getpeername()},
            server=listener.server,
        )
        self.opened(transport, "that a server has accepted", listener.made)

    def opened(self, transport: Any, kind: str, made: Line | None) -> None:
        """Remember a connection, and the line it came from, until it is closed."""
        self._connections = [c for c in self._connections if c.is_open]
        self._connections.append(Connection(transport, kind, made))

    def forgive(self) -> None:
        """Whoever opened what is open now minds it."""
        self._connections.clear()
        for port, listener in self._listeners.items():
            self._listeners[port] = replace(listener, made=None)

    def left_open(self) -> Iterator[Problem]:
        """The connections and servers of the answer's that nobody has closed."""
        for connection in [c for c in self._connections if c.is_open]:
            if connection.made is not None:
                yield Problem(
                    f"A connection {connection.kind} was never closed: call its "
                    "writer's `close()` and await `wait_closed()`.",
                    (connection.made,),
                )
        for listener in self._listeners.values():
            if listener.made is not None:
                yield Problem(
                    "A server was never closed: use `async with server`.",
                    (listener.made,),
                )

    def close(self) -> None:
        """Nothing may outlive the loop, to be found by another test's checks."""
        for listener in list(self._listeners.values()):
            listener.server.close()
        rest = [t for t in self._loop._transports.values() if not t.is_closing()]  # type: ignore[attr-defined]
        for transport in rest:
            transport.abort()
        if self._loop._transports:  # type: ignore[attr-defined]
            # The sockets are closed in the next turn.
            self._loop.call_soon(self._loop.stop)
            self._loop.run_forever()


def install() -> None:
    """Since Python 3.13, a StreamWriter that nobody holds closes its connection,
    whenever that may be noticed; here `left_open()` tells, and names the line."""
    if hasattr(asyncio.StreamWriter, "__del__"):
        del asyncio.StreamWriter.__del__


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
            refuse_tls(options)
            end: Any = await self.network.connect((resolve(host), int(port)))
        elif sock in self.network.dialled:
            refuse_tls(options)
            end = self.network.dialled.pop(sock)
            sock.close()
        else:
            end = sock
        made = maker(sys._getframe(1))
        pair = await super().create_connection(protocol_factory, sock=end)
        self.network.opened(pair[0], "to a server", made)
        return pair

    async def create_server(
        self, protocol_factory: Any, host: Any = None, port: Any = None, **options: Any
    ) -> Any:
        refuse_tls(options)
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
