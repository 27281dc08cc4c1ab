"""An HTTP server on the lab's network, for tests and snippets alike."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import web

from grader.harness import elapsed

URL = "http://localhost:8000"


class Site:
    """Its pages, and a log of what was asked for when."""

    def __init__(self) -> None:
        self.log: list[tuple[str, float]] = []
        self.running = self.most = 0
        self.failures = 3  # before /flaky gives in

    async def slow(self, request: web.Request) -> web.Response:
        """Takes a second."""
        self.log.append((request.path, elapsed()))
        self.running += 1
        self.most = max(self.most, self.running)
        try:
            await asyncio.sleep(1)
        finally:
            self.running -= 1
        return web.Response(text=request.match_info["name"])

    async def hang(self, request: web.Request) -> web.Response:
        """Never answers."""
        await asyncio.Event().wait()
        raise AssertionError

    async def flaky(self, request: web.Request) -> web.Response:
        """Fails three times."""
        self.log.append((request.path, elapsed()))
        self.failures -= 1
        return web.Response(text="at last", status=500 if self.failures >= 0 else 200)

    async def lines(self, request: web.Request) -> web.StreamResponse:
        """A line at once, and after each half second."""
        response = web.StreamResponse()
        await response.prepare(request)
        for number in range(3):
            await response.write(f"line {number}\n".encode())
            await asyncio.sleep(0.5)
        return response

    async def reset(self, request: web.Request) -> web.Response:
        """Breaks the connection off."""
        assert request.transport is not None
        request.transport.abort()
        return web.Response()

    async def length(self, request: web.Request) -> web.Response:
        """How much was posted."""
        return web.Response(text=str(len(await request.read())))

    async def echo(self, request: web.Request) -> web.WebSocketResponse:
        """A websocket that answers each message, in capitals, after two seconds."""
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        async for message in socket:
            await asyncio.sleep(2)
            await socket.send_str(message.data.upper())
        return socket

    def app(self) -> web.Application:
        app = web.Application()
        app.add_routes(
            [
                web.get("/slow/{name}", self.slow),
                web.get("/hang", self.hang),
                web.get("/flaky", self.flaky),
                web.get("/lines", self.lines),
                web.get("/reset", self.reset),
                web.post("/length", self.length),
                web.get("/echo", self.echo),
            ]
        )
        return app


@asynccontextmanager
async def serving() -> AsyncIterator[Site]:
    """A site at `URL`."""
    site = Site()
    runner = web.AppRunner(site.app(), access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "localhost", 8000).start()
    try:
        yield site
    finally:
        await runner.cleanup()
