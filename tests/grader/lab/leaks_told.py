"""What the lab says of each leaky snippet, and the line that it shows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.grader.lab import snippets_leaks as snippets
from tests.grader.lab.web_server import URL

Snippet = Callable[[], Any]

STILL_RUNNING = (
    "Task {!r}, made at line {}, was still running at the end (it waits for "
    "asyncio.sleep(3)): await it, or cancel it and wait until it has ended."
)
LOST = (
    "Task 'fail' failed with ValueError('too bad') and nobody looked: await the task, "
    "or read its `exception()`."
)
NEVER_AWAITED = (
    "The coroutine `job()` was never awaited, so its body never ran: put `await` "
    "before the call, or hand it to a task."
)
UNFINISHED = (
    "The async generator `numbers()` was left unfinished, so its cleanup has not run: "
    "use `contextlib.aclosing()`."
)
SESSION = "A ClientSession was never closed: use `async with`."
RESPONSE = (
    f"The response to GET {URL}/lines was never read or released: use `async with "
    "session.get(…)`."
)
CONNECTION = (
    "A connection {} was never closed: call its writer's `close()` and await "
    "`wait_closed()`."
)

# Each snippet with what is said of it, and the line that is shown.
LEAKS: list[tuple[Snippet, str, str]] = [
    (snippets.forgets_a_task, STILL_RUNNING, "await asyncio.sleep(seconds)"),
    (snippets.keeps_a_task_running, STILL_RUNNING, "await asyncio.sleep(seconds)"),
    (snippets.leaves_the_others_running, STILL_RUNNING, "await asyncio.sleep(seconds)"),
    (snippets.shields_for_nothing, STILL_RUNNING, "await asyncio.sleep(seconds)"),
    (
        snippets.forgets_to_await,
        NEVER_AWAITED,
        "job()  # type: ignore[unused-coroutine]",
    ),
    (
        snippets.keeps_coroutines,
        NEVER_AWAITED,
        "KEPT.extend([job(), job()])  # two of them",
    ),
    (snippets.drops_an_exception, LOST, 'raise ValueError("too bad")  # unseen'),
    (snippets.keeps_an_exception, LOST, 'raise ValueError("too bad")  # unseen'),
    (snippets.breaks_off_a_generator, UNFINISHED, "yield number  # broken off here"),
    (snippets.keeps_a_generator, UNFINISHED, "yield number  # broken off here"),
    (snippets.drops_a_session, SESSION, "session = aiohttp.ClientSession()  # dropped"),
    (
        snippets.keeps_a_session,
        SESSION,
        "KEPT.append(aiohttp.ClientSession())  # kept open",
    ),
    (
        snippets.drops_a_response,
        RESPONSE,
        'await session.get(f"{URL}/lines")  # dropped unread',
    ),
    (
        snippets.keeps_a_response,
        RESPONSE,
        'KEPT.append(await session.get(f"{URL}/lines"))  # kept unread',
    ),
    (
        snippets.leaves_a_connection_open,
        CONNECTION.format("to a server"),
        '_, writer = await asyncio.open_connection("localhost", 7000)  # not closed',
    ),
    (
        snippets.leaves_a_caller_on_the_line,
        CONNECTION.format("that a server has accepted"),
        'server = await asyncio.start_server(answer, "localhost", 7000)  # hangs on',
    ),
    (
        snippets.leaves_a_server_open,
        "A server was never closed: use `async with server`.",
        'await asyncio.start_server(lambda *_: None, "localhost", 7000)  # for ever',
    ),
    (
        snippets.leaves_a_file_open,
        "The file '/dev/null' was never closed: use `with open(…)`.",
        'file = open("/dev/null", "w")  # noqa: PTH123, SIM115',
    ),
    (
        snippets.freezes_the_loop,
        "`time.sleep(1)` froze the event loop for 1 s: no other task could run. Use "
        "`await asyncio.sleep(…)`, which lets the others go on.",
        "time.sleep(1)  # noqa: ASYNC251",
    ),
    (
        snippets.loses_a_task,
        "Task 'wait_for_nothing' was deleted before it ended: nobody held it, and the "
        "event loop itself keeps no strong reference. Keep your tasks in a set.",
        "asyncio.create_task(wait_for_nothing())  # noqa: RUF006",
    ),
    (
        snippets.never_closes_a_loop,
        "An event loop was made and never closed: let `asyncio.run()` make it, which "
        "closes it too.",
        "loop = asyncio.new_event_loop()  # never closed",
    ),
]
# The tasks of the first four: their names, and the lines that made them.
MADE = {
    "forgets_a_task": ("job", "task = asyncio.create_task(job())  # forgotten"),
    "keeps_a_task_running": (
        "clock",
        'KEPT.append(asyncio.create_task(job(), name="clock"))  # kept',
    ),
    "leaves_the_others_running": (
        "job",
        "await asyncio.gather(job(), fail_soon())  # job goes on",
    ),
    "shields_for_nothing": (
        "job",
        "await asyncio.wait_for(asyncio.shield(job()), 1)  # goes on behind the shield",
    ),
}
