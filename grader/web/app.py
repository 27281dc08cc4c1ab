"""The web application: pages, static files, and the stream of news."""

from __future__ import annotations

import contextlib

from aiohttp import web

from grader.course import Exercise
from grader.pages.render import live_page, static
from grader.web.desk import Desk
from grader.web.security import add_headers, only_from_here

DESK = web.AppKey("desk", Desk)
_STATIC = {
    "page.css": "text/css",
    "page.js": "text/javascript",
    "icon.svg": "image/svg+xml",
}
_PATIENCE = 15.0  # seconds of silence after which the stream says that it lives


def make_app(desk: Desk) -> web.Application:
    """The application that shows `desk`."""
    app = web.Application(middlewares=[only_from_here])
    app[DESK] = desk
    app.on_response_prepare.append(add_headers)
    app.on_shutdown.append(_close)
    app.router.add_get("/", _current)
    app.router.add_get("/events", _events)
    app.router.add_get(r"/static/{name}", _static)
    app.router.add_get(r"/{number:\d+\.\d+}", _exercise)
    return app


async def _close(app: web.Application) -> None:
    app[DESK].close()  # streams would keep the server waiting


async def _current(request: web.Request) -> web.Response:
    return _page(request, request.app[DESK].current)


async def _exercise(request: web.Request) -> web.Response:
    number = request.match_info["number"]
    for exercise in request.app[DESK].results.exercises:
        if exercise.id == number:
            return _page(request, exercise)
    raise web.HTTPNotFound(text=f"There is no exercise {number}.\n")


def _page(request: web.Request, exercise: Exercise | None) -> web.Response:
    desk = request.app[DESK]
    asked = request.query.get("hints", "")
    text = live_page(
        desk.results,
        exercise,
        hints=int(asked) if asked.isdecimal() and len(asked) < 4 else 0,
        judging=exercise is not None and exercise.id in desk.running,
        revision=desk.revision,
    )
    body = text.encode("utf-8", "replace")  # a path may hold a lone surrogate
    return web.Response(body=body, content_type="text/html", charset="utf-8")


async def _static(request: web.Request) -> web.Response:
    name = request.match_info["name"]
    if name not in _STATIC:
        raise web.HTTPNotFound(text="There is no such file.\n")
    return web.Response(text=static(name), content_type=_STATIC[name], charset="utf-8")


async def _events(request: web.Request) -> web.StreamResponse:
    """Server-sent events: the number of the newest state, whenever it changes."""
    stream = web.StreamResponse()
    stream.content_type = "text/event-stream"
    await stream.prepare(request)
    revisions = request.app[DESK].revisions(_PATIENCE)
    with contextlib.suppress(ConnectionError):  # the browser has gone
        async with contextlib.aclosing(revisions):
            async for number in revisions:
                event = f"event: revision\ndata: {number}" if number else ": still here"
                await stream.write(f"{event}\n\n".encode())
    return stream
