"""What a test leaves behind fails it: each kind with its own sentence and line."""

from __future__ import annotations

import gc
import inspect
from collections.abc import Callable, Coroutine, Iterator
from typing import Any

import pytest

from grader.harness import run
from grader.harness.errors import Leak
from grader.harness.lab import watched
from grader.harness.world import World, inhabit
from tests.grader.lab import snippets_leaks as snippets
from tests.grader.lab import snippets_tidy
from tests.grader.lab.leaks_told import (
    LEAKS,
    LOST,
    MADE,
    NEVER_AWAITED,
    STILL_RUNNING,
    Snippet,
)
from tests.grader.lab.lines import functions, number, path
from tests.grader.lab.web_server import serving

TIDY = functions(snippets_tidy)


@pytest.fixture(autouse=True)
def _let_go() -> Iterator[None]:
    yield
    for kept in snippets.KEPT:
        if hasattr(kept, "set"):
            kept.set()  # lets a thread end
    snippets.KEPT.clear()
    gc.collect()


async def _with_site(snippet: Callable[[], Coroutine[Any, Any, None]]) -> None:
    async with serving():
        await snippet()


def check(snippet: Snippet) -> None:
    """Run `snippet` as if it were the body of a test."""
    if not inspect.iscoroutinefunction(snippet):
        world = World()
        with inhabit(world), watched(world, None):
            snippet()
    elif "URL" in inspect.getsource(snippet):
        run(_with_site(snippet))
    else:
        run(snippet())


@pytest.mark.parametrize(
    ("snippet", "sentence", "source"), LEAKS, ids=[leak[0].__name__ for leak in LEAKS]
)
def test_leak(snippet: Snippet, sentence: str, source: str) -> None:
    if sentence is STILL_RUNNING:
        name, made = MADE[snippet.__name__]
        sentence = sentence.format(name, number(snippets, made))

    with pytest.raises(Leak) as caught:
        check(snippet)

    assert caught.value.message == sentence
    found = [(line.path, line.line, line.source) for line in caught.value.where]
    assert found == [(path(snippets), number(snippets, source), source)]


def test_a_job_in_a_thread() -> None:
    with pytest.raises(Leak) as caught:
        check(snippets.leaves_a_job_in_a_thread)
    assert "still ran at the end: await what `to_thread`" in caught.value.message


@pytest.mark.parametrize("snippet", TIDY, ids=[s.__name__ for s in TIDY])
def test_harmless(snippet: Snippet) -> None:
    check(snippet)


def test_every_leak_is_tested() -> None:
    tested = {snippet for snippet, *_ in LEAKS} | {snippets.leaves_a_job_in_a_thread}
    helpers = {snippets.job, snippets.fail, snippets.numbers}
    assert set(functions(snippets)) - helpers == tested


def test_several_leaks_are_all_told() -> None:
    async def main() -> None:
        await snippets.forgets_a_task()
        await snippets.keeps_an_exception()

    with pytest.raises(Leak) as caught:
        run(main())
    first, second = caught.value.message.splitlines()
    assert first.startswith("Task 'job', made at line")
    assert second == LOST


def test_a_leak_is_told_beside_the_failure_that_it_explains() -> None:
    async def main() -> None:
        await snippets.forgets_to_await()
        raise KeyError("not there")

    with pytest.raises(KeyError) as caught:
        run(main())
    problems = caught.value.lab_problems  # type: ignore[attr-defined]
    assert [problem.message for problem in problems] == [NEVER_AWAITED]


@pytest.fixture
async def site() -> Any:
    async with serving() as site:
        yield site


async def test_what_fixtures_keep_open_is_theirs(site: object) -> None:
    """The site of this test's fixture serves until after the test."""
