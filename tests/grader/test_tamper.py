"""Whoever replaces what the tests stand on is found out, and undone."""

import asyncio
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from grader.harness.tamper import Guard


@pytest.fixture
def guard() -> Guard:
    return Guard()


async def _at_once(delay: float) -> None:
    return None


REPLACED: list[tuple[str, Callable[[pytest.MonkeyPatch], None]]] = [
    ("asyncio.sleep", lambda mp: mp.setattr(asyncio, "sleep", _at_once)),
    ("asyncio.gather", lambda mp: mp.delattr(asyncio, "gather")),
    ("asyncio.tasks.sleep", lambda mp: mp.setattr(asyncio.tasks, "sleep", _at_once)),
    ("asyncio.TaskGroup", lambda mp: mp.setattr(asyncio, "TaskGroup", object)),
    ("asyncio.Queue.get", lambda mp: mp.setattr(asyncio.Queue, "get", _at_once)),
    ("asyncio.Lock.acquire", lambda mp: mp.setattr(asyncio.Lock, "acquire", _at_once)),
    ("time.sleep", lambda mp: mp.setattr(time, "sleep", print)),
    ("time.monotonic", lambda mp: mp.delattr(time, "monotonic")),
]


@pytest.mark.parametrize(("name", "replace"), REPLACED, ids=[n for n, _ in REPLACED])
def test_what_was_replaced_is_named_and_put_back(
    guard: Guard,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    replace: Callable[[pytest.MonkeyPatch], None],
) -> None:
    replace(monkeypatch)
    found = guard.check()

    assert found is not None
    assert f"`{name}`" in found.message
    assert guard.check() is None


def test_who_replaces_nothing_is_not_suspected(guard: Guard) -> None:
    asyncio.run(asyncio.sleep(1))

    assert guard.check() is None
    assert guard.found is None


def test_own_attributes_on_asyncio_are_no_harm(
    guard: Guard, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asyncio, "my_own_helper", _at_once, raising=False)

    assert guard.check() is None


@pytest.mark.parametrize(
    "line",
    ["asyncio.sleep = print", "del asyncio.sleep", 'setattr(asyncio, "sleep", print)'],
)
def test_the_line_that_did_it_is_shown(
    guard: Guard, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, line: str
) -> None:
    answer = tmp_path / "answer.py"
    answer.write_text(f"import asyncio\n\nasyncio.sleep(0).close()\n{line}\n")
    monkeypatch.setattr(asyncio, "sleep", _at_once)
    found = guard.check(answer)

    assert found is not None
    assert [(where.line, where.source) for where in found.where] == [(4, line)]
