"""The pytest plugin: every test in a world of its own, on answers from `--answers`.

Loaded by `addopts` in pyproject.toml. Sets `report.kata`, a `TestVerdict`, on reports.
"""

from __future__ import annotations

import asyncio
import gc
import inspect
import os
import threading
from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any

import pytest

from grader.harness import answers, broken, modes, telling
from grader.harness.clock import new_loop
from grader.harness.errors import Stuck
from grader.harness.lab import Clock, patch, watched
from grader.harness.loops import LabLoop
from grader.harness.world import World, current, inhabit

patch()
_LAST_WAIT = 20.0  # real seconds for what follows the last test
_world = pytest.StashKey[World]()


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("asyncio kata")
    group.addoption(
        "--answers",
        metavar="DIR",
        default="exercises",
        help="the folder whose answers are judged (default: exercises)",
    )
    group.addoption(
        "--answer",
        metavar="FILE",
        help="judge this file as the answer to the one exercise whose tests are named",
    )
    group.addoption(
        "--loop-mode",
        choices=modes.MODES,
        default="plain",
        help="asyncio's `debug` mode, or its `eager` tasks (default: plain)",
    )


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line(
        "markers", "real_loop: the ordinary asyncio loop and the real clock"
    )
    folder = config.rootpath / config.getoption("--answers")
    if not folder.is_dir():
        raise pytest.UsageError(f"--answers: there is no folder `{folder}`")
    finder = answers.install(folder)
    _overlay(config, finder)
    broken.register(config)


def _overlay(config: pytest.Config, finder: answers.Answers) -> None:
    """Let `--answer FILE` stand for the answer whose tests are named."""
    file = config.getoption("--answer")
    if file is None:
        return
    tests = [Path(arg.partition("::")[0]) for arg in config.args]
    module = answers.module_of(config.rootpath / tests[0]) if len(tests) == 1 else None
    if module is None:
        raise pytest.UsageError(
            "--answer FILE needs the tests of one exercise, such as "
            "`tests/ch01_first_steps/test_ex01_hello_coroutine.py`"
        )
    finder.overlay(module, Path(file))


def pytest_report_header(config: pytest.Config) -> str:
    return f"answers: {config.getoption('--answer') or config.getoption('--answers')}"


def pytest_collection_finish(session: pytest.Session) -> None:
    modes.choose(session.config)
    _tidy()


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(exitstatus: int) -> None:
    """End at all events: Python itself would wait for a thread that waits for ever."""
    watchdog = threading.Timer(_LAST_WAIT, os._exit, [int(exitstatus)])
    watchdog.daemon = True
    watchdog.start()


def _tidy() -> None:
    """Collect, then freeze what is left: the next full collection takes no time."""
    gc.collect()
    gc.freeze()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """The world lasts from before the fixtures until after them."""
    world = item.stash[_world] = World(
        real=item.get_closest_marker("real_loop") is not None
    )
    # As in a new thread: what `get_event_loop()` says must not depend on other tests.
    asyncio.set_event_loop(None)
    with inhabit(world):
        result = yield
    del item.stash[_world]
    world.forget()
    _tidy()
    return result


def pytest_asyncio_loop_factories(
    config: pytest.Config, item: pytest.Item
) -> dict[str, Callable[[], LabLoop]]:
    return {"lab": _loop_of_the_current_world}


def _loop_of_the_current_world() -> LabLoop:
    return new_loop(current() or World())


@pytest.fixture
def clock(request: pytest.FixtureRequest) -> Clock:
    """Virtual seconds since the body of the test began."""
    world = request.node.stash[_world]
    return lambda: round(world.seconds(), 9)


@pytest.hookimpl(wrapper=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> Generator[None, Any, Any]:
    """Run the body under watch: what it left behind fails it, or explains why."""
    world = pyfuncitem.stash[_world]
    world.began = world.ticks
    loop = world.loops[-1] if _is_async(pyfuncitem) and world.loops else None
    with watched(world, loop):
        return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item) -> Generator[None, object, object]:
    told = item.stash[_world].told
    try:
        return (yield)
    except (Stuck, RecursionError, RuntimeWarning):  # the last is pytest-asyncio's
        if not told:
            raise
        return None  # what is stuck or leaks may be stuck once more: that is no news


def _is_async(item: pytest.Function) -> bool:
    return (
        inspect.iscoroutinefunction(item.obj)
        or item.get_closest_marker("asyncio") is not None
    )


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[Any]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if call.when == "call" or report.failed:
        verdict = telling.verdict(item, call, item.stash[_world])
        report.kata = verdict  # type: ignore[attr-defined]
    if call.excinfo is not None and report.failed:
        telling.show(report, call.excinfo.value)
    return report
