"""Answers whose mistake the grader is asked for, and what it says of them."""

import asyncio
import os
from collections.abc import AsyncGenerator, Callable, Iterator, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from pathlib import Path

import pytest

from grader import mistakes
from grader.course import Course, Exercise
from grader.mistakes import Recogniser, RunCases
from grader.runner import Case, Runner, Settings
from grader.verdict import Mistake, Verdict
from grader.wrong_answers import WrongAnswer, wrong_answers

from .rewriting import broken, rewritten

LIMIT = 30.0  # real seconds


@dataclass(frozen=True)
class Attempt:
    """Somebody's answer: it makes the mistake of a wrong one, or no typical mistake.

    Without a `text` it is the file of the wrong answer itself.
    """

    name: str
    exercise: Exercise
    wrong: WrongAnswer | None
    text: str | None = None

    def case(self, folder: Path) -> Case:
        """What is to be judged; a text of its own is written into `folder`."""
        if self.text is None:
            assert self.wrong is not None
            return Case(self.exercise, self.wrong.path)
        path = folder / f"{self.name}.py".replace(" ", "_")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(self.text, encoding="utf-8")
        return Case(self.exercise, path)

    def is_right(self, said: Mistake | None) -> bool:
        """Whether it was to be said: the advice counts, not the mistake's name."""
        expected = self.wrong.mistake.advice if self.wrong else None
        return expected == (said.advice if said else None)


@dataclass(frozen=True)
class Outcome:
    """How an attempt failed, and which mistake was recognised in it."""

    verdict: Verdict
    mistake: Mistake | None


def attempts(course: Course) -> list[Attempt]:
    """All there is to try."""
    return [attempt for e in course.exercises for attempt in _attempts(course, e)]


def _attempts(course: Course, exercise: Exercise) -> Iterator[Attempt]:
    tests = (course.root / exercise.tests).read_text(encoding="utf-8")
    for wrong in wrong_answers(exercise):
        name = f"{exercise.id}/{wrong.path.stem}"
        again = in_other_words(wrong.text, tests)
        yield Attempt(f"itself/{name}", exercise, wrong)
        yield Attempt(f"rewritten/{name}", exercise, wrong, again)
    solution = course.root / "solutions" / exercise.chapter / f"{exercise.slug}.py"
    for defect, text in broken(solution.read_text(encoding="utf-8"), tests):
        yield Attempt(f"broken/{exercise.id}/{defect}", exercise, None, text)


def in_other_words(text: str, tests: str) -> str:
    """`rewritten()`, or else the text with other blank lines if it is no Python."""
    try:
        return rewritten(text, tests)
    except SyntaxError:
        return f"# My own answer.\n\n\n{text}"


def outcomes(
    course: Course, tried: Sequence[Attempt], folder: Path
) -> dict[str, Outcome]:
    """What comes of each attempt, by its name; wrong answers are among them."""
    cases = {attempt.name: attempt.case(folder) for attempt in tried}
    # Processes need the proactor loop where there is one.
    factory = getattr(asyncio, "ProactorEventLoop", asyncio.SelectorEventLoop)
    with asyncio.Runner(loop_factory=factory) as runner:
        return runner.run(_outcomes(course, cases))


async def _outcomes(course: Course, cases: Mapping[str, Case]) -> dict[str, Outcome]:
    jobs = os.cpu_count() or 1
    settings = Settings(course.root, Path("solutions"), limit=LIMIT, jobs=jobs)
    every = list(cases.values())
    async with Runner(settings) as runner, aclosing(runner.run_cases(every)) as pairs:
        verdicts = {case: verdict async for case, verdict in pairs}
    recogniser = Recogniser(_replay(verdicts), patience=None)
    found: dict[str, Outcome] = {}
    for name, case in cases.items():
        assert case.answer is not None
        verdict = verdicts[case]
        said = await recogniser.recognise(case.exercise, verdict, case.answer)
        found[name] = Outcome(verdict, said)
    return found


def strangers(
    tried: Sequence[Attempt], found: Mapping[str, Outcome]
) -> dict[str, Outcome]:
    """What comes of each wrong answer if nobody had ever seen its mistake."""
    wrongs = [a for a in tried if a.wrong and a.text is None]
    known = {Case(a.exercise, a.wrong.path): found[a.name] for a in wrongs if a.wrong}
    recogniser = Recogniser(_replay({c: o.verdict for c, o in known.items()}), None)

    async def ask(attempt: Attempt) -> Outcome:
        assert attempt.wrong is not None
        path, advice = attempt.wrong.path, attempt.wrong.mistake.advice
        verdict = found[attempt.name].verdict
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(mistakes, "wrong_answers", _others(advice))
            said = await recogniser.recognise(attempt.exercise, verdict, path)
        return Outcome(verdict, said)

    async def ask_all() -> dict[str, Outcome]:
        return {attempt.name: await ask(attempt) for attempt in wrongs}

    return asyncio.run(ask_all())


def _others(advice: str) -> Callable[[Exercise], list[WrongAnswer]]:
    """Finds wrong answers, but none with this advice."""
    return lambda exercise: [
        wrong for wrong in wrong_answers(exercise) if wrong.mistake.advice != advice
    ]


def _replay(verdicts: Mapping[Case, Verdict]) -> RunCases:
    """Runs cases by looking up what is known of them."""

    async def run_cases(
        cases: Sequence[Case],
    ) -> AsyncGenerator[tuple[Case, Verdict], None]:
        for case in cases:
            yield case, verdicts[case]

    return run_cases
