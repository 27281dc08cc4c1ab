"""Names the typical mistake behind a failure, if it is clear.

How the wrong answers of an exercise fail is found by running them, once for each
version of everything that has a say in it; the outcome is kept in `.grader/`, and
deleting it costs only time.
"""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import sys
import sysconfig
from collections.abc import AsyncGenerator, Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from grader import cache as memory
from grader.course import Exercise
from grader.crew import Case, RunnerError
from grader.fingerprints import Written
from grader.matching import Known, clearest, is_slip
from grader.signatures import Signature, from_json, signature
from grader.sources import read
from grader.verdict import Mistake, Verdict
from grader.wrong_answers import WrongAnswer, wrong_answers

RunCases = Callable[[Sequence[Case]], AsyncGenerator[tuple[Case, Verdict], None]]

_SYNTAX_ERROR = "yntax error"


@dataclass(frozen=True)
class Recogniser:
    """Runs wrong answers by `run_cases`, with some `patience` or as long as it takes.

    Patience ends some real seconds after what the answer itself took. What is found out
    by then is kept, so the next time it goes on from there.
    """

    run_cases: RunCases
    patience: float | None = 2.0

    async def recognise(
        self, exercise: Exercise, verdict: Verdict, answer: Path
    ) -> Mistake | None:
        """The mistake that the file `answer` makes, given the verdict on it."""
        possible = _possible(verdict, wrong_answers(exercise))
        if not possible:
            return None
        written = Written(read(answer), read(exercise.root / exercise.tests))
        limit = None if self.patience is None else self.patience + verdict.seconds
        with contextlib.suppress(TimeoutError, RunnerError):
            async with asyncio.timeout(limit):
                known = await self._known(exercise, possible, written.tests)
            return clearest(signature(verdict, written.own), written, known)
        return None

    async def _known(
        self, exercise: Exercise, wrongs: Sequence[WrongAnswer], tests: str
    ) -> list[Known]:
        """How the wrong answers fail: remembered, or else found out."""
        found = _recall(exercise)
        new = [wrong for wrong in wrongs if _key(wrong.text, tests) not in found]
        if new:
            try:
                await self._find_out(exercise, new, tests, found)
            finally:
                _keep(exercise, found, tests)
        return [
            Known(wrong.mistake, found[key], Written(wrong.text, tests))
            for wrong in wrongs
            if (key := _key(wrong.text, tests)) in found
        ]

    async def _find_out(
        self,
        exercise: Exercise,
        wrongs: Sequence[WrongAnswer],
        tests: str,
        found: dict[str, Signature],
    ) -> None:
        texts = {Case(exercise, wrong.path): wrong.text for wrong in wrongs}
        async with contextlib.aclosing(self.run_cases(list(texts))) as verdicts:
            async for case, verdict in verdicts:
                own = Written(texts[case], tests).own
                found[_key(texts[case], tests)] = signature(verdict, own)


def _possible(verdict: Verdict, wrongs: Sequence[WrongAnswer]) -> list[WrongAnswer]:
    """Those that may fail like this, as far as their files tell."""
    if verdict.status in ("passed", "todo", "tampered"):
        return []
    said = verdict.message or ""
    if verdict.status == "broken":
        compiles = _SYNTAX_ERROR not in said
        return [w for w in wrongs if w.compiles is compiles and not is_slip(said)]
    bad = {test.name for test in verdict.tests if test.status != "passed"}
    return [wrong for wrong in wrongs if wrong.compiles and bad.issuperset(wrong.fails)]


def _recall(exercise: Exercise) -> dict[str, Signature]:
    """The signatures that were kept, by key; what is damaged is left out."""
    kept: dict[str, Signature] = {}
    for key, data in memory.recall(exercise.root, _place(exercise)).items():
        with contextlib.suppress(TypeError, ValueError):
            kept[key] = from_json(data)
    return kept


def _keep(exercise: Exercise, found: dict[str, Signature], tests: str) -> None:
    """Keep the signatures that are of use, also those that others found meanwhile."""
    useful = {_key(wrong.text, tests) for wrong in wrong_answers(exercise)}
    every = {**_recall(exercise), **found}
    data = {key: how.to_json() for key, how in every.items() if key in useful}
    memory.keep(exercise.root, _place(exercise), data)


def _place(exercise: Exercise) -> str:
    tag = sys.implementation.cache_tag or "python"
    return f"mistakes-{exercise.chapter}-{exercise.slug}-{tag}"


def _key(wrong: str, tests: str) -> str:
    return _digest([_surroundings(), tests, wrong])


def _digest(texts: Sequence[str]) -> str:
    return hashlib.sha256("\0".join(texts).encode("utf-8", "replace")).hexdigest()


@cache
def _surroundings() -> str:
    """What else has a say in a message: Python, what is installed, the laboratory."""
    here = Path(__file__).parent
    ours = [here / "evidence.py", here / "signatures.py", *here.glob("harness/*.py")]
    installed = Path(sysconfig.get_path("purelib")).glob("*.dist-info")
    versions = sorted(path.name for path in installed)
    return _digest([sys.version, *versions, *map(read, sorted(ours))])
