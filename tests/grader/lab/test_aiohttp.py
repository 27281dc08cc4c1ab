"""aiohttp, client and server, unmodified, on the lab's network in virtual time."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from grader.harness import Clock
from tests.grader.lab.web_server import URL, Site, serving


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    async with serving() as site:
        yield site


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


pytestmark = pytest.mark.usefixtures("site")


async def fetch(session: aiohttp.ClientSession, path: str) -> str:
    async with session.get(URL + path) as response:
        return await response.text()


async def test_at_once(session: aiohttp.ClientSession, clock: Clock) -> None:
    answers = await asyncio.gather(*(fetch(session, f"/slow/{n}") for n in "abc"))
    assert answers == ["a", "b", "c"]
    assert clock() == 1


async def test_one_after_another(session: aiohttp.ClientSession, clock: Clock) -> None:
    assert [await fetch(session, f"/slow/{n}") for n in "abc"] == ["a", "b", "c"]
    assert clock() == 3


async def test_by_address(session: aiohttp.ClientSession) -> None:
    async with session.get("http://127.0.0.1:8000/slow/a") as response:
        assert await response.text() == "a"


async def test_250_requests_through_the_limit_of_100_connections(
    session: aiohttp.ClientSession, site: Site, clock: Clock
) -> None:
    paths = [f"/slow/{number}" for number in range(250)]
    answers = await asyncio.gather(*(fetch(session, path) for path in paths))
    assert answers == [str(number) for number in range(250)]
    assert (site.most, clock()) == (100, 3)


async def test_a_limit_of_two(site: Site, clock: Clock) -> None:
    connector = aiohttp.TCPConnector(limit=2)
    async with aiohttp.ClientSession(connector=connector) as session:
        await asyncio.gather(*(fetch(session, f"/slow/{n}") for n in "abcde"))
    assert (site.most, clock()) == (2, 3)


@pytest.mark.parametrize("seconds", [0.5, 5, 60])
async def test_a_timeout_of_ones_own(clock: Clock, seconds: float) -> None:
    timeout = aiohttp.ClientTimeout(total=seconds)
    async with aiohttp.ClientSession(timeout=timeout) as session:
        with pytest.raises(TimeoutError):
            await fetch(session, "/hang")
    assert clock() == seconds


async def test_the_default_timeout(
    session: aiohttp.ClientSession, clock: Clock
) -> None:
    with pytest.raises(TimeoutError):
        await fetch(session, "/hang")
    assert clock() == 300


async def test_asyncio_timeout(session: aiohttp.ClientSession, clock: Clock) -> None:
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(2):
            await fetch(session, "/hang")
    assert clock() == 2


async def test_refused(session: aiohttp.ClientSession, clock: Clock) -> None:
    with pytest.raises(aiohttp.ClientConnectorError, match="Connect call failed"):
        await session.get("http://localhost:9/")
    assert clock() == 0


async def test_unknown_host(session: aiohttp.ClientSession, clock: Clock) -> None:
    with pytest.raises(aiohttp.ClientConnectorDNSError, match="no real network"):
        await session.get("http://nowhere.example/")
    assert clock() == 0


async def test_black_hole(clock: Clock) -> None:
    asyncio.get_running_loop().network.black_holes.add(7000)  # type: ignore[attr-defined]
    timeout = aiohttp.ClientTimeout(sock_connect=2)
    async with aiohttp.ClientSession(timeout=timeout) as session:
        with pytest.raises(aiohttp.ConnectionTimeoutError):
            await session.get("http://localhost:7000/")
    assert clock() == 2


async def test_reset(session: aiohttp.ClientSession) -> None:
    with pytest.raises(aiohttp.ClientConnectionError):
        await fetch(session, "/reset")


async def test_retry(session: aiohttp.ClientSession, site: Site, clock: Clock) -> None:
    for pause in (1, 2, 4, 8):
        async with session.get(f"{URL}/flaky") as response:
            if response.status == 200:
                assert await response.text() == "at last"
                break
        await asyncio.sleep(pause)
    assert [when for _, when in site.log] == [0, 1, 3, 7]
    assert clock() == 7


async def test_streaming(session: aiohttp.ClientSession, clock: Clock) -> None:
    async with session.get(f"{URL}/lines") as response:
        seen = [(line, clock()) async for line in response.content]
    assert seen == [(b"line 0\n", 0), (b"line 1\n", 0.5), (b"line 2\n", 1)]


async def test_a_large_body(session: aiohttp.ClientSession, clock: Clock) -> None:
    async with session.post(f"{URL}/length", data=bytes(500_000)) as response:
        assert await response.text() == "500000"
    assert clock() == 0


async def test_websocket(session: aiohttp.ClientSession, clock: Clock) -> None:
    async with session.ws_connect(f"{URL}/echo") as socket:
        await socket.send_str("hello")
        assert await socket.receive_str() == "HELLO"
    assert clock() == 2


async def test_cancelled_request(session: aiohttp.ClientSession, site: Site) -> None:
    task = asyncio.create_task(fetch(session, "/slow/a"))
    await asyncio.sleep(0.5)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert await fetch(session, "/slow/b") == "b"


async def test_the_test_server_of_aiohttp(clock: Clock) -> None:
    server = TestServer(Site().app())
    async with server, TestClient[web.Request, web.Application](server) as client:
        response = await client.get("/slow/x")
        assert await response.text() == "x"
    assert clock() == 1
