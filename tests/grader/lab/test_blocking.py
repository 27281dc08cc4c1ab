"""Calls that freeze the event loop are told at their line; harmless calls are not."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from grader.harness import elapsed, run, selector
from grader.harness.errors import Blocking, LabError, Leak
from tests.grader.lab import snippets_blocking as snippets
from tests.grader.lab import snippets_quick
from tests.grader.lab.lines import functions, number, path

Snippet = Callable[[], Any]

SLEEP = (
    "`time.sleep({})` froze the event loop for {} s: no other task could run. Use "
    "`await asyncio.sleep(…)`, which lets the others go on."
)
ACTS = "`{}` {}: until it returns, the event loop is frozen."
WAITS = (
    "`{}` waits for another thread and freezes the event loop meanwhile: use asyncio's "
    "own counterpart, or `asyncio.to_thread`."
)
OPENS = ACTS.format("open('/dev/null')", "opens a file; use `asyncio.to_thread`")

# Told after the call has done its work.
SEEN: list[tuple[Snippet, str, str]] = [
    (snippets.time_sleep, "time.sleep(0.25)", SLEEP.format(0.25, 0.25)),
    (snippets.sleep_by_name, "sleep(0.5)", SLEEP.format(0.5, 0.5)),
    (snippets.open_to_read, 'with open("/dev/null") as file:', OPENS),
    (snippets.open_to_write, 'with open("/dev/null", "w") as file:', OPENS),
    (snippets.path_read_text, 'Path("/dev/null").read_text()', OPENS),
    (
        snippets.sqlite,
        'sqlite3.connect(":memory:").close()',
        ACTS.format("sqlite3.connect", "opens a database; use `asyncio.to_thread`"),
    ),
    (
        snippets.subprocess_run,
        'subprocess.run(["true"], check=True)',
        ACTS.format(
            "subprocess.Popen", "starts a process; use `asyncio.create_subprocess_exec`"
        ),
    ),
    (
        snippets.os_system,
        'os.system("true")',
        ACTS.format(
            "os.system", "runs a command; use `asyncio.create_subprocess_shell`"
        ),
    ),
    (
        snippets.urlopen,
        'urllib.request.urlopen("http://127.0.0.1:9/", timeout=1)',
        ACTS.format("urllib.Request", "fetches a URL; use `aiohttp`"),
    ),
    (
        snippets.socket_connect,
        'sock.connect(("127.0.0.1", 9))',
        ACTS.format(
            "socket.connect", "connects a socket; use `asyncio.open_connection`"
        ),
    ),
    (
        snippets.getaddrinfo,
        'socket.getaddrinfo("localhost", 80)',
        ACTS.format("socket.getaddrinfo", "looks up a host; use `loop.getaddrinfo`"),
    ),
]
# Refused at once, for they might wait for ever.
REFUSED: list[tuple[Snippet, str, str]] = [
    (snippets.queue_get, "queue.Queue[int]().get()", "queue.Queue.get"),
    (snippets.event_wait, "threading.Event().wait()", "threading.Event.wait"),
    (
        snippets.event_wait_with_timeout,
        "threading.Event().wait(0.3)",
        "threading.Event.wait",
    ),
    (
        snippets.future_result,
        "concurrent.futures.Future[int]().result()",
        "concurrent.futures.Future.result",
    ),
    (snippets.thread_join, "thread.join()  # its thread", "threading.Thread.join"),
    (
        snippets.executor_result,
        "with concurrent.futures.ThreadPoolExecutor() as pool:",
        "ThreadPoolExecutor.shutdown(wait=True)",
    ),
    (
        snippets.executor_shutdown,
        "pool.shutdown()  # waits",
        "ThreadPoolExecutor.shutdown(wait=True)",
    ),
    (
        snippets.coroutine_threadsafe_result,
        "future.result()  # from the loop's own thread",
        "concurrent.futures.Future.result",
    ),
]
UNSEEN = [snippets.socket_recv, snippets.lock_twice]
QUICK = functions(snippets_quick)


def names(snippets: list[Any]) -> list[str]:
    return [snippet.__name__ for snippet in snippets]


def check_line(error: LabError, source: str) -> None:
    found = [(line.path, line.line, line.source) for line in error.where]
    assert found == [(path(snippets), number(snippets, source), source)]


@pytest.mark.parametrize(
    ("snippet", "source", "sentence"), SEEN, ids=names([s for s, *_ in SEEN])
)
def test_a_call_that_blocks(snippet: Snippet, source: str, sentence: str) -> None:
    with pytest.raises(Leak) as caught:
        run(snippet())
    assert caught.value.message.splitlines()[0] == sentence
    check_line(caught.value, source)


@pytest.mark.parametrize(
    ("snippet", "source", "call"), REFUSED, ids=names([s for s, *_ in REFUSED])
)
def test_a_call_that_might_never_return(
    snippet: Snippet, source: str, call: str
) -> None:
    with pytest.raises(Blocking) as caught:
        run(snippet())
    assert caught.value.message == WAITS.format(call)
    check_line(caught.value, source)


def test_a_turn_that_takes_too_much_cpu(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(selector, "MAX_TURN_CPU", 0.01)
    with pytest.raises(Leak, match=r"One turn of the event loop used \d\.\d s of CPU"):
        run(snippets.computes())


@pytest.mark.parametrize("snippet", UNSEEN, ids=names(UNSEEN))
def test_what_is_left_to_the_time_limit(snippet: Snippet) -> None:
    """Should the lab learn to see one of them, it belongs further up."""
    run(snippet())


@pytest.mark.parametrize("snippet", QUICK, ids=names(QUICK))
def test_harmless(snippet: Snippet) -> None:
    run(snippet())


def test_every_snippet_is_tested() -> None:
    tested = [*(s for s, *_ in SEEN), *(s for s, *_ in REFUSED), *UNSEEN]
    assert {*functions(snippets)} == {*tested, snippets.computes}


def test_except_exception_does_not_hide_it() -> None:
    async def main() -> None:
        try:
            await snippets.event_wait()
        except Exception:
            await asyncio.sleep(1)

    with pytest.raises(Leak) as caught:
        run(main())
    assert caught.value.message == WAITS.format("threading.Event.wait")


def test_a_blocking_sleep_holds_up_everybody() -> None:
    """Three at once take three times as long: the clock stands still for nobody."""
    seen: list[float] = []

    async def main() -> None:
        await asyncio.gather(*(snippets.sleep_by_name() for _ in range(3)))
        seen.append(elapsed())

    with pytest.raises(Leak):
        run(main())
    assert seen == [1.5]


async def test_the_tests_themselves_may_block() -> None:
    time.sleep(0)  # noqa: ASYNC251
    assert Path("/dev/null").read_text() == ""  # noqa: ASYNC240


@pytest.mark.real_loop
async def test_on_the_real_loop_nothing_is_refused() -> None:
    await snippets.open_to_read()
