"""The tests of one exercise, in a process that ends when they are done."""

from __future__ import annotations

import itertools
import os
import signal
import traceback
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, NoReturn

import pytest

from grader.harness import answers
from grader.harness.broken import BrokenTest
from grader.harness.confine import Records, Screen, confine, lift_memory_limit
from grader.harness.failures import describe, learner_lines
from grader.harness.reports import Reports
from grader.harness.sources import AnswerError
from grader.harness.tamper import Guard, TamperError
from grader.verdict import Line, TestVerdict, to_json

_exit = os._exit  # bound now: an answer may replace it
_WORST = ("passed", "not_run", "todo", "failed")


class FaultError(Exception):
    """The course or the grader is broken, not the answer."""


def serve(session: pytest.Session, request: Mapping[str, Any], fd: int) -> NoReturn:
    """Judge one exercise, write the records to `fd`, and end the process at once.

    Neither threads that still run nor `atexit` functions may hold it back.
    """
    records = Records(fd)
    status = 1
    try:
        _default_signals()
        screen = confine(request, records)
        _judge(session, request, records, screen)
        status = 0
    except FaultError as fault:
        records.send("fault", message=str(fault))
    except BaseException:
        lift_memory_limit()
        records.send("fault", message=traceback.format_exc(limit=-8))
    finally:
        _exit(status)


def _default_signals() -> None:
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    if hasattr(signal, "SIGCHLD"):
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)


def _judge(
    session: pytest.Session,
    request: Mapping[str, Any],
    records: Records,
    screen: Screen,
) -> None:
    reports = Reports(session.config.rootpath / request["tests"])
    session.config.pluginmanager.register(reports)
    _overlay(reports.tests, request["answer"])
    session.config.option.loop_mode = request["loop_mode"]
    try:
        items = _collect(session, request["tests"], reports)
    except KeyboardInterrupt as error:
        message = "At import: the answer raised KeyboardInterrupt."
        records.send("broken", message=message, where=_json(learner_lines(error)))
        return
    if isinstance(first := items[0], BrokenTest):
        _refuse(first.error, records)
        return
    guard = session.config.pluginmanager.get_plugin("kata-guard")
    for verdict in _run(items, reports, records):
        records.send("test", **to_json(replace(verdict, printed=screen.take())))
        if isinstance(guard, Guard) and guard.found:
            _refuse(guard.found, records)
            return
    records.send("end")


def _overlay(tests: Path, answer: str | None) -> None:
    finder, module = answers.installed(), answers.module_of(tests)
    if answer is not None and finder and module:
        finder.overlay(module, Path(answer))


def _refuse(error: AnswerError | TamperError, records: Records) -> None:
    kind = "tampered" if isinstance(error, TamperError) else "broken"
    records.send(kind, message=error.message, where=_json(error.where))


def _json(where: tuple[Line, ...]) -> list[Any]:
    return [to_json(line) for line in where]


def _collect(
    session: pytest.Session, tests: str, reports: Reports
) -> list[pytest.Item]:
    try:
        items = list(session.perform_collect([tests]))
    except pytest.UsageError as error:
        raise FaultError(str(error)) from None
    if reports.failed_to_collect:
        raise FaultError(f"`{tests}` cannot be loaded:\n{reports.failed_to_collect[0]}")
    if not items:
        raise FaultError(f"`{tests}` holds no test.")
    return items


def _run(
    items: list[pytest.Item], reports: Reports, records: Records
) -> Iterator[TestVerdict]:
    """Run the tests; one verdict per function, whatever its parameters."""
    following = dict(itertools.zip_longest(items, items[1:]))
    for name, group in itertools.groupby(items, _function):
        records.send("start", name=name)
        for item in group:
            stop = _protocol(item, following[item])
            if stop is not None:
                yield _merged(name, [*reports.take(), _last_words(name, stop)])
                return
        yield _merged(name, reports.take())
        if reports.out_of_memory:  # what it hoards may never be freed
            return


def _function(item: pytest.Item) -> str:
    return getattr(item, "originalname", None) or item.name


def _protocol(item: pytest.Item, following: pytest.Item | None) -> BaseException | None:
    """Run one item; what pytest itself does not survive is returned."""
    try:
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
    except (KeyboardInterrupt, pytest.exit.Exception) as error:
        return error
    except MemoryError as error:
        lift_memory_limit()
        return error
    except BaseException as error:
        if learner_lines(error):
            return error
        raise
    return None


def _last_words(name: str, error: BaseException) -> TestVerdict:
    said = describe(error)
    return TestVerdict(name, "", said.status, said.message, said.where)


def _merged(name: str, verdicts: list[TestVerdict]) -> TestVerdict:
    """The worst of several: the first of those that are as bad as that."""
    if not verdicts:
        return TestVerdict(name, "", message="pytest did not report on this test")
    worst = max(verdicts, key=lambda verdict: _WORST.index(verdict.status))
    seconds = sum(verdict.virtual_seconds or 0.0 for verdict in verdicts)
    if all(verdict.virtual_seconds is None for verdict in verdicts):
        return replace(worst, name=name)
    return replace(worst, name=name, virtual_seconds=seconds)
