"""The web application: who is answered, what browsers are told, how news travels."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import AsyncGenerator, AsyncIterator
from pathlib import Path

import pytest
from aiohttp import ClientResponse, web
from aiohttp.test_utils import TestClient, TestServer

from grader.course import Course
from grader.errors import UsageError
from grader.results import Results
from grader.runner import Runner, Settings
from grader.web.app import make_app
from grader.web.desk import Desk
from grader.web.judging import Judging
from grader.web.port import HOST, address, listen
from grader.web.security import HEADERS
from tests.grader.samples import failing, passed, todo, write_course

pytestmark = pytest.mark.real_loop

Client = TestClient[web.Request, web.Application]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    course = Course.load(write_course(tmp_path))
    return Desk(Results(course, course.exercises))


@contextlib.asynccontextmanager
async def browsing(desk: Desk) -> AsyncIterator[Client]:
    """A client of the application."""
    async with TestClient(TestServer(make_app(desk))) as client:
        yield client


async def event(response: ClientResponse) -> str:
    """The next event of a stream."""
    text = await asyncio.wait_for(response.content.readuntil(b"\n\n"), 10)
    return text.decode().strip()


@pytest.mark.parametrize(
    "path",
    ["/", "/1.1", "/static/page.css", "/9.9", "/nowhere", "/static/x", "/events"],
)
async def test_every_response_is_guarded(desk: Desk, path: str) -> None:
    async with browsing(desk) as client, client.get(path) as response:
        assert {name: response.headers.get(name) for name in HEADERS} == HEADERS


def test_the_policy_allows_nothing_inline_and_nothing_from_outside() -> None:
    policy = HEADERS["Content-Security-Policy"]

    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("localhost", 200),
        ("localhost:8765", 200),
        ("LOCALHOST:1", 200),
        ("127.0.0.1:8765", 200),
        ("[::1]:8765", 200),
        ("evil.example", 421),
        ("localhost.evil.example:8765", 421),
        ("localhost:8765@evil.example", 421),
        ("evil.example#localhost", 421),
        ("192.168.0.7:8765", 421),
        ("", 421),
    ],
)
async def test_only_this_machines_names_are_answered(
    desk: Desk, host: str, status: int
) -> None:
    async with browsing(desk) as client:
        response = await client.get("/", headers={"Host": host})

        assert response.status == status
        assert ("asyncio kata" in await response.text()) == (status == 200)


async def test_nothing_can_be_changed_from_a_browser(desk: Desk) -> None:
    async with browsing(desk) as client:
        for method in ("POST", "PUT", "DELETE", "PATCH"):
            assert (await client.request(method, "/1.1")).status == 405


async def test_paths_lead_nowhere_else(desk: Desk) -> None:
    async with browsing(desk) as client:
        for path in ("/static/..%2Fpages.py", "/static/%2Fetc%2Fpasswd", "/static/"):
            assert (await client.get(path)).status == 404


async def test_the_first_page_is_about_the_first_unsolved_exercise(desk: Desk) -> None:
    desk.settle(passed("1.1"))
    desk.settle(failing("1.2"))
    async with browsing(desk) as client:
        assert "Judging your answers" in await (await client.get("/")).text()
        desk.finish_first_round()
        assert "<title>✗ 1.2 Tell a story" in await (await client.get("/")).text()


async def test_the_first_page_follows_the_file_that_was_saved(desk: Desk) -> None:
    desk.finish_first_round()
    desk.saved(desk.results.exercises[2])
    desk.settle(passed("2.1"))
    async with browsing(desk) as client:
        assert "<title>● 2.1 Wait for it" in await (await client.get("/")).text()
        assert "2.1 Wait for it" in await (await client.get("/2.1")).text()


async def test_a_slow_answer_is_shown_as_being_judged(desk: Desk) -> None:
    desk.settle(passed("1.1"))
    desk.takes_long(desk.results.exercises[0])
    async with browsing(desk) as client:
        assert "being judged" in await (await client.get("/1.1")).text()
        desk.settle(failing("1.1"))
        assert "being judged" not in await (await client.get("/1.1")).text()


@pytest.mark.parametrize("hints", ["2", "-1", "x", "²", "9" * 5000, ""])
async def test_hints_are_asked_for_by_number(desk: Desk, hints: str) -> None:
    async with browsing(desk) as client:
        response = await client.get("/1.1", params={"hints": hints})

        assert response.status in (200, 400)  # a line that is too long is refused
        shown = "Read the docstring." in await response.text()
        assert shown == (hints == "2")


async def test_news_comes_as_events(desk: Desk) -> None:
    async with browsing(desk) as client, client.get("/events") as response:
        assert response.content_type == "text/event-stream"
        assert await event(response) == "event: revision\ndata: 1"
        desk.settle(todo("1.1"))
        assert await event(response) == "event: revision\ndata: 2"
        desk.touch()
        desk.touch()
        assert await event(response) == "event: revision\ndata: 4"


async def test_a_stream_ends_when_the_server_does(desk: Desk) -> None:
    async with browsing(desk) as client, client.get("/events") as response:
        await event(response)
        desk.close()
        assert await asyncio.wait_for(response.content.read(), 10) == b""


async def test_silence_is_filled_with_signs_of_life(desk: Desk) -> None:
    revisions = desk.revisions(patience=0.01)
    async with contextlib.aclosing(revisions):
        assert await anext(revisions) == 1
        assert await anext(revisions) is None


async def test_a_fault_goes_when_a_verdict_comes(desk: Desk) -> None:
    desk.fail(desk.results.exercises[0], "The worker died twice.")
    async with browsing(desk) as client:
        assert "The worker died twice." in await (await client.get("/1.1")).text()
        desk.settle(passed("1.1"))
        assert "not to blame" not in await (await client.get("/1.1")).text()


async def test_a_save_is_judged_and_the_older_run_given_up(course_one: Path) -> None:
    course = Course.load(course_one)
    desk = Desk(Results(course, course.exercises))
    file = course_one / "exercises" / "ch01_own" / "ex01_one.py"
    saved: asyncio.Queue[set[Path]] = asyncio.Queue()

    async def saves() -> AsyncGenerator[set[Path], None]:
        while True:
            yield await saved.get()

    async def until(status: str) -> None:
        async with asyncio.timeout(20), contextlib.aclosing(desk.revisions(60)) as news:
            async for _ in news:
                verdict = desk.results.verdict(course.exercises[0])
                if verdict is not None and verdict.status == status:
                    return

    async with Runner(Settings(course_one, Path("exercises"), limit=60)) as runner:
        judging = Judging(desk, runner, 1, {course.exercises[0].id: file})
        keeping_up = asyncio.create_task(judging.keep_up(saves))
        await until("passed")
        assert desk.current is None
        file.write_text("while True: pass\n")
        saved.put_nowait({file})
        await asyncio.sleep(1)
        assert desk.running == {"1.1"}
        file.write_text("async def answer():\n    return 43\n")
        saved.put_nowait({file, file.with_name("README.md")})
        await until("failing")
        assert desk.current is course.exercises[0]
        keeping_up.cancel()
        await asyncio.wait([keeping_up])


async def test_a_fault_of_the_runner_ends_up_on_the_page(course_one: Path) -> None:
    course = Course.load(course_one)
    desk = Desk(Results(course, course.exercises))
    (course_one / course.exercises[0].tests).write_text("assert True is\n")

    async def no_saves() -> AsyncGenerator[set[Path], None]:
        if not desk:
            yield set()

    async with Runner(Settings(course_one, Path("exercises"))) as runner:
        await Judging(desk, runner, 1, {"1.1": Path("x")}).keep_up(no_saves)

    assert "cannot be loaded" in (desk.results.fault or "")


@pytest.fixture
def course_one(tmp_path: Path) -> Path:
    """A course of one solved exercise, with the tests of the miniature course."""
    root = tmp_path / "course"
    kata = Path(__file__).parent / "kata" / "tests" / "ch01_ordinary"
    for tree in ("exercises", "solutions", "tests"):
        (root / tree / "ch01_own").mkdir(parents=True)
    text = (kata / "test_ex01_passes.py").read_text()
    text = text.replace("ch01_ordinary.ex01_passes", "ch01_own.ex01_one")
    (root / "tests" / "ch01_own" / "test_ex01_one.py").write_text(text)
    answer = "import asyncio\n\nasync def answer():\n    await asyncio.sleep(1)\n"
    path = root / "exercises" / "ch01_own" / "ex01_one.py"
    path.write_text(answer + "    return 42\n")
    return root


def test_it_listens_on_loopback_only() -> None:
    with listen(None) as listener:
        assert listener.getsockname()[0] == HOST == "127.0.0.1"


def test_a_port_in_use_is_passed_over_unless_it_was_asked_for() -> None:
    with listen(None) as first, listen(None) as second:
        taken = first.getsockname()[1]
        assert second.getsockname()[1] != taken
        with pytest.raises(UsageError, match=f"`--port {taken}`: Address already"):
            listen(taken).__enter__()


@pytest.mark.parametrize("port", [70_000, 10**30])
def test_there_is_no_such_port(port: int) -> None:
    with pytest.raises(UsageError, match=f"`--port {port}`: there is no such port"):
        listen(port).__enter__()


def test_the_port_that_was_asked_for_is_used() -> None:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port = probe.getsockname()[1]
    with listen(port) as listener:
        assert address(listener) == f"http://localhost:{port}/"
