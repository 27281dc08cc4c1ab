"""What browsers may and may not do with the page.

The page shows what learners wrote, so it trusts none of it: everything is escaped, and
should that ever fail, the browser is told to run nothing and to load nothing. Only
requests to this machine's own names are answered: another site whose name was made to
point here (DNS rebinding) learns nothing.
"""

from __future__ import annotations

import re

from aiohttp import web
from aiohttp.typedefs import Handler

_OUR_NAMES = re.compile(r"(localhost|127\.0\.0\.1|\[::1\])(:\d+)?", re.IGNORECASE)
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-store",
    "Server": "asyncio-kata",
}


@web.middleware
async def only_from_here(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuse requests that were meant for another host."""
    hosts = request.headers.getall("Host", [])
    if len(hosts) == 1 and _OUR_NAMES.fullmatch(hosts[0]):
        return await handler(request)
    return web.Response(status=421, text="This page is for this machine only.\n")


async def add_headers(request: web.Request, response: web.StreamResponse) -> None:
    """Every response carries them, errors too."""
    response.headers.update(HEADERS)
