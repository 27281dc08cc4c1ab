"""Every stub, solution, right and wrong answer of a course, judged in one run."""

import asyncio
import os
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from grader.course import Course, Exercise
from grader.runner import Case, LoopMode, Settings, run_cases
from grader.verdict import Verdict

from .complaint import Complaint
from .mistakes import answers, exempt_from

LIMIT = 30.0  # real seconds: nothing here should come near it


@dataclass(frozen=True)
class Trial:
    """An answer and what is expected of it: to pass, or to fail by some tests."""

    case: Case
    path: str
    passes: bool
    fails: tuple[str, ...] = ()


def trials(course: Course) -> dict[str, Trial]:
    """All there is to be judged, by names such as `wrong/ch01/ex01/forgotten_await`."""
    return {name: trial for e in course.exercises for name, trial in _trials(course, e)}


def _trials(course: Course, exercise: Exercise) -> Iterator[tuple[str, Trial]]:
    place = f"{exercise.chapter.partition('_')[0]}/{exercise.slug.partition('_')[0]}"
    stub = Case(exercise, course.root / exercise.path)
    yield f"stub/{place}", Trial(stub, exercise.path, passes=False)
    for mode in loop_modes(course, exercise):
        path = f"solutions/{exercise.chapter}/{exercise.slug}.py"
        case = Case(exercise, loop_mode=mode)
        yield f"solution/{place}/{mode}", Trial(case, path, passes=True)
    for kind in ("right", "wrong"):
        for answer in answers(course, exercise, kind):
            case = Case(exercise, course.root / answer.path)
            trial = Trial(case, answer.path, kind == "right", answer.fails)
            yield f"{kind}/{place}/{Path(answer.path).stem}", trial


def loop_modes(course: Course, exercise: Exercise) -> list[LoopMode]:
    """The modes of asyncio in which the solution must pass on this Python."""
    exempt = exempt_from(course.root / exercise.tests)
    modes: list[LoopMode] = ["plain", "debug"]
    if sys.version_info >= (3, 12):
        modes.append("eager")
    return [mode for mode in modes if mode not in exempt]


def judge(course: Course, found: Mapping[str, Trial]) -> dict[str, Verdict]:
    """One verdict on each, all from one warm worker."""
    names = {trial.case: name for name, trial in found.items()}
    settings = Settings(
        course.root, Path("solutions"), limit=LIMIT, jobs=os.cpu_count() or 1
    )

    async def collect() -> dict[str, Verdict]:
        verdicts = run_cases(list(names), settings)
        return {names[case]: verdict async for case, verdict in verdicts}

    # Processes need the proactor loop where there is one.
    factory = getattr(asyncio, "ProactorEventLoop", asyncio.SelectorEventLoop)
    with asyncio.Runner(loop_factory=factory) as runner:
        return runner.run(collect())


def complaints(trial: Trial, verdict: Verdict) -> Iterator[Complaint]:
    """What the verdict on an answer should have been and is not."""
    if trial.passes and verdict.status != "passed":
        mode = "" if trial.case.loop_mode == "plain" else f" ({trial.case.loop_mode})"
        yield Complaint(trial.path, f"must pass{mode}, but is {_told(verdict)}")
    elif not trial.passes and verdict.status == "passed":
        yield Complaint(trial.path, "must fail, but passes every test")
    elif verdict.status != "broken":  # else no test got as far as to run
        yield from _not_caught(trial, verdict)


def _not_caught(trial: Trial, verdict: Verdict) -> Iterator[Complaint]:
    failed = [test.name for test in verdict.tests if test.status in ("failed", "todo")]
    for name in trial.fails:
        if name not in failed:
            by = ", ".join(f"`{other}`" for other in failed) or "no test"
            wish = f"`{name}` must catch it, but it was caught by {by}"
            yield Complaint(trial.path, wish)


def _told(verdict: Verdict) -> str:
    test = verdict.first_failure
    said = verdict.message or (f"{test.name}: {test.message}" if test else "")
    return f"{verdict.status}. {said}"
