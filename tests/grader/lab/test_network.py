"""Plain asyncio streams on the lab's network, in virtual time."""

from __future__ import annotations

import asyncio
import errno
import socket
from collections.abc import Awaitable, Callable

import pytest

from grader.harness import Clock

Handler = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]
Client = tuple[asyncio.StreamReader, asyncio.StreamWriter]


async def close(writer: asyncio.StreamWriter) -> None:
    writer.close()
    await writer.wait_closed()


async def echo(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Answer each line after a second."""
    while line := await reader.readline():
        await asyncio.sleep(1)
        writer.write(line)
        await writer.drain()
    await close(writer)


def port_of(server: asyncio.Server) -> int:
    return int(server.sockets[0].getsockname()[1])


async def test_echo(clock: Clock) -> None:
    async with await asyncio.start_server(echo, "localhost", 7000):
        reader, writer = await asyncio.open_connection("127.0.0.1", 7000)
        writer.write(b"one\ntwo\n")
        assert [await reader.readline(), await reader.readline()] == [
            b"one\n",
            b"two\n",
        ]
        assert clock() == 2
        writer.write_eof()
        assert await reader.read() == b""
        await close(writer)


async def test_many_clients_at_once(clock: Clock) -> None:
    async def ask(number: int) -> bytes:
        reader, writer = await asyncio.open_connection("localhost", 7000)
        writer.write(f"{number}\n".encode())
        answer = await reader.readline()
        await close(writer)
        return answer

    async with await asyncio.start_server(echo, "localhost", 7000):
        answers = await asyncio.gather(*(ask(number) for number in range(50)))
    assert answers == [f"{number}\n".encode() for number in range(50)]
    assert clock() == 1


async def test_addresses() -> None:
    async with await asyncio.start_server(echo, "localhost", 0) as server:
        port = port_of(server)
        assert port >= 49152
        _, writer = await asyncio.open_connection("localhost", port)
        assert writer.get_extra_info("peername") == ("127.0.0.1", port)
        assert writer.get_extra_info("sockname")[0] == "127.0.0.1"
        await close(writer)


async def test_backpressure(clock: Clock) -> None:
    """`drain()` waits while the other side does not read."""
    drained: list[float] = []

    async def read_later(
        reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        await asyncio.sleep(10)
        await reader.read()
        await close(writer)

    async with await asyncio.start_server(read_later, "localhost", 7000):
        _, writer = await asyncio.open_connection("localhost", 7000)
        for _ in range(6):
            writer.write(bytes(100_000))
            await writer.drain()
            drained.append(clock())
        await close(writer)
    assert drained[0] == 0
    assert drained[-1] == 10
    assert set(drained) == {0, 10}


async def test_a_reset_is_an_error() -> None:
    async def hang_up(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"half a li")
        writer.transport.abort()

    async with await asyncio.start_server(hang_up, "localhost", 7000):
        reader, writer = await asyncio.open_connection("localhost", 7000)
        with pytest.raises(asyncio.IncompleteReadError):
            await reader.readuntil(b"\n")
        await close(writer)


async def test_nobody_listens(clock: Clock) -> None:
    with pytest.raises(ConnectionRefusedError) as caught:
        await asyncio.open_connection("localhost", 9)
    assert caught.value.errno == errno.ECONNREFUSED
    assert clock() == 0


async def test_nobody_listens_any_more() -> None:
    async with await asyncio.start_server(echo, "localhost", 7000):
        pass
    with pytest.raises(ConnectionRefusedError):
        await asyncio.open_connection("localhost", 7000)


async def test_an_unknown_host() -> None:
    with pytest.raises(socket.gaierror, match="the tests have no real network"):
        await asyncio.open_connection("www.example.org", 80)


async def test_a_host_that_never_answers(clock: Clock) -> None:
    asyncio.get_running_loop().network.black_holes.add(7000)  # type: ignore[attr-defined]
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(3):
            await asyncio.open_connection("localhost", 7000)
    assert clock() == 3


async def test_a_port_is_taken_and_free_again() -> None:
    async with await asyncio.start_server(echo, "localhost", 7000):
        with pytest.raises(OSError, match="already in use"):
            await asyncio.start_server(echo, "localhost", 7000)
    async with await asyncio.start_server(echo, "localhost", 7000):
        pass


async def test_no_tls() -> None:
    with pytest.raises(NotImplementedError, match="no TLS: use http://"):
        await asyncio.open_connection("localhost", 443, ssl=True)


async def test_protocols_and_transports(clock: Clock) -> None:
    """The lower half of asyncio's network, without streams."""

    class Shout(asyncio.Protocol):
        def connection_made(self, transport: asyncio.BaseTransport) -> None:
            assert isinstance(transport, asyncio.Transport)
            self.transport = transport

        def data_received(self, data: bytes) -> None:
            self.transport.write(data.upper())

    class Remember(asyncio.Protocol):
        def __init__(self) -> None:
            self.heard: asyncio.Future[bytes] = asyncio.Future()

        def data_received(self, data: bytes) -> None:
            self.heard.set_result(data)

    loop = asyncio.get_running_loop()
    async with await loop.create_server(Shout, "localhost", 7000):
        transport, protocol = await loop.create_connection(Remember, "localhost", 7000)
        transport.write(b"hello")
        assert await protocol.heard == b"HELLO"
        transport.close()
    assert clock() == 0


def test_servers_of_two_loops_do_not_meet() -> None:
    async def serve() -> None:
        async with await asyncio.start_server(echo, "localhost", 7000):
            await asyncio.sleep(1)

    asyncio.run(serve())
    asyncio.run(serve())
