"""What one run left behind, and the verdict that follows from it.

Pure but for reading the source lines that a stack dump names. The exit code proves
nothing: only an `end` record and a passed record for every rule make an exercise pass.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import linecache
import os
import re
import signal
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from grader.course import Exercise
from grader.verdict import (
    Line,
    Status,
    TestVerdict,
    Verdict,
    line_from_json,
    test_from_json,
)

_FRAME = re.compile(r'  File "(.+)", line (\d+) in (.+)')
_STACK = re.compile(r"(Current thread|Thread) 0x")


@dataclass
class Evidence:
    """The records of one run, the dump of its stacks, and how it ended."""

    records: list[dict[str, Any]] = field(default_factory=list)
    dump: list[str] = field(default_factory=list)
    late: bool = False  # it was ended at the time limit
    flooded: bool = False  # it was ended because it sent too much
    exit: int | None = None
    dumping: asyncio.Event = field(default_factory=asyncio.Event)

    def add(self, line: bytes) -> None:
        """Take one line out of the pipe: a record, or part of a stack dump."""
        with contextlib.suppress(ValueError, RecursionError):
            record = json.loads(line)
            if isinstance(record, dict):
                self.records.append(record)
                return
        self.dump.append(line.decode("utf-8", "replace").rstrip("\n"))
        self.dumping.set()

    def first(self, kind: str) -> dict[str, Any] | None:
        """The first record of this kind."""
        return next((r for r in self.records if r.get("kind") == kind), None)

    @property
    def running(self) -> str | None:
        """The test that had begun and not ended."""
        ended = {r.get("name") for r in self.records if r.get("kind") == "test"}
        begun = [r.get("name") for r in self.records if r.get("kind") == "start"]
        return next((str(n) for n in reversed(begun) if n not in ended), None)


@dataclass(frozen=True)
class Judge:
    """Turns evidence into verdicts; `answers` is a folder or the one file judged."""

    root: Path
    answers: Path
    limit: float
    memory: int

    def verdict(self, exercise: Exercise, found: Evidence, seconds: float) -> Verdict:
        """The one verdict on this run."""
        tests = _tests(exercise, found)
        for status in ("tampered", "broken"):
            if record := found.first(status):
                message, where = _told(record)
                return Verdict(exercise.id, status, tests, seconds, message, where)
        if found.first("end"):
            return Verdict(exercise.id, _status(tests), tests, seconds)
        status, message = self._unfinished(found)
        where = tuple(self._stood_at(found.dump))
        tests = tuple(_stopped(t, found, message, where) for t in tests)
        return Verdict(exercise.id, status, tests, seconds, message, where)

    def _unfinished(self, found: Evidence) -> tuple[Status, str]:
        doing = f"while `{found.running}` ran" if found.running else "at import"
        if found.late:
            return (
                "timeout",
                f"The answer was still running after {self.limit:g} s, {doing}.",
            )
        if found.flooded:
            return "crashed", f"The answer flooded the grader with data, {doing}."
        return "crashed", f"The answer {_ending(found.exit)} {doing}."

    def _stood_at(self, dump: list[str]) -> Iterator[Line]:
        """The learner's line that the main thread, or else any thread, stood at."""
        stacks = _stacks(dump)
        # The current thread's stack comes under its own name, the main one's is last.
        stacks.sort(key=lambda stack: not stack[0].startswith("Current"))
        for stack in [*stacks[:1], *reversed(stacks[1:])]:
            for match in filter(None, map(_FRAME.match, stack)):
                if self._is_answer(match[1]):
                    yield self._line(match[1], int(match[2]), match[3])
                    return

    def _is_answer(self, filename: str) -> bool:
        if self.answers.is_file():
            return Path(filename) == self.answers
        return Path(filename).is_relative_to(self.answers)

    def _line(self, filename: str, number: int, function: str) -> Line:
        relative = os.path.relpath(filename, self.root)
        path = filename if relative.startswith("..") else relative
        linecache.checkcache(filename)
        source = linecache.getline(filename, number).strip()
        return Line(Path(path).as_posix(), number, source, function)


def _tests(exercise: Exercise, found: Evidence) -> tuple[TestVerdict, ...]:
    """Every rule in the order of the file, with what is known of it."""
    known: dict[str, TestVerdict] = {}
    for record in found.records:
        if record.get("kind") == "test":
            fields = {key: value for key, value in record.items() if key != "kind"}
            with contextlib.suppress(TypeError, KeyError, ValueError, AttributeError):
                verdict = test_from_json(fields)
                known[verdict.name] = verdict
    return tuple(
        replace(known.get(rule.name, TestVerdict(rule.name, "")), rule=rule.text)
        for rule in exercise.rules
    )


def _status(tests: tuple[TestVerdict, ...]) -> Status:
    bad = next((test for test in tests if test.status != "passed"), None)
    if bad is None:
        return "passed" if tests else "failing"
    return "todo" if bad.status == "todo" else "failing"


def _stopped(
    test: TestVerdict, found: Evidence, message: str, where: tuple[Line, ...]
) -> TestVerdict:
    if test.name != found.running:
        return test
    return replace(test, status="failed", message=message, where=where)


def _told(record: dict[str, Any]) -> tuple[str, tuple[Line, ...]]:
    try:
        return str(record["message"]), tuple(map(line_from_json, record["where"]))
    except (KeyError, TypeError):
        return "The answer's record cannot be read.", ()


def _ending(status: int | None) -> str:
    if status is None:
        return "vanished"
    if status >= 0:
        return f"ended the process with `os._exit({status})`"
    try:
        name = signal.Signals(-status).name
    except ValueError:
        name = str(-status)
    why = {"SIGKILL": ", perhaps for lack of memory,", "SIGSEGV": " (a crash)"}
    return f"ended the process by signal {name}{why.get(name, '')}"


def _stacks(dump: list[str]) -> list[list[str]]:
    stacks: list[list[str]] = []
    for line in dump:
        if _STACK.match(line):
            stacks.append([line])
        elif stacks:
            stacks[-1].append(line)
    return stacks
