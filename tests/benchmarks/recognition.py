"""Are mistakes recognised? From the top: `python tests/benchmarks/recognition.py`.

The wrong answers themselves, the same in other words, solutions with a defect that is
no typical mistake, and wrong answers whose mistake is not known: shares of the answers
that are named rightly, wrongly and not at all. Then what naming costs, as a share of
what judging the answer costs, at first and later. Nothing passes or fails here.
"""

import asyncio
import itertools
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Iterable, Mapping, Sequence
from contextlib import aclosing
from pathlib import Path

HOME = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(HOME))

from grader import cache  # noqa: E402
from grader.course import Course  # noqa: E402
from grader.mistakes import Recogniser  # noqa: E402
from grader.runner import Case, Runner, Settings  # noqa: E402
from tests.course.recognition import (  # noqa: E402
    Attempt,
    Outcome,
    attempts,
    outcomes,
    strangers,
)

KINDS = {
    "itself": "wrong answers themselves",
    "rewritten": "wrong answers in other words",
    "broken": "solutions with another defect",
}


def main() -> None:
    """Measure and print."""
    course = Course.load(HOME)
    tried = attempts(course)
    with tempfile.TemporaryDirectory(prefix="kata-recognition-") as folder:
        cache.FOLDER = f"{folder}/cache"
        found = outcomes(course, tried, Path(folder))
        for kind, words in KINDS.items():
            say(words, [a for a in tried if a.name.startswith(f"{kind}/")], found)
        unknown = strangers(tried, found)
        print(f"of {len(unknown)} wrong answers whose mistake is not known")
        print(f"  {share(o.mistake is not None for o in unknown.values())} named\n")
        cache.FOLDER = f"{folder}/costs"
        asyncio.run(costs([a for a in tried if a.name.startswith("itself/")]))


def say(words: str, tried: Sequence[Attempt], found: Mapping[str, Outcome]) -> None:
    """How many are named, rightly or wrongly."""
    said = [(attempt, found[attempt.name].mistake) for attempt in tried]
    print(f"of {len(tried)} {words}")
    print(f"  {share(m is not None and a.is_right(m) for a, m in said)} named rightly")
    print(f"  {share(m is not None and not a.is_right(m) for a, m in said)} wrongly\n")


def share(hits: Iterable[bool]) -> str:
    """`98.5 %`."""
    every = list(hits)
    return f"{100 * sum(every) / max(len(every), 1):5.1f} %"


async def costs(tried: Sequence[Attempt]) -> None:
    """For the first wrong answer to each exercise, the one with nothing remembered."""
    firsts = {attempt.exercise.id: attempt for attempt in reversed(tried)}.values()
    rounds: list[tuple[float, float, float]] = []
    settings = Settings(HOME, Path("solutions"), limit=60, jobs=os.cpu_count() or 1)
    async with Runner(settings) as runner:
        await runner.warm_up()
        recogniser = Recogniser(runner.run_cases, patience=None)
        for attempt in firsts:
            rounds.append(await cost(attempt, runner, recogniser))
    for words, column in (("at first", 1), ("later", 2)):
        ratios = [times[column] / times[0] for times in rounds]
        seconds = statistics.median(times[column] for times in rounds)
        print(f"naming takes {statistics.median(ratios):.2f} times as long {words}")
        print(f"  as judging (at most {max(ratios):.2f}), {1000 * seconds:.0f} ms")


async def cost(
    attempt: Attempt, runner: Runner, recogniser: Recogniser
) -> tuple[float, float, float]:
    """Seconds for judging, for naming at first, and for naming again."""
    assert attempt.wrong is not None
    answer, times = attempt.wrong.path, [time.perf_counter()]
    cases = [Case(attempt.exercise, answer)]
    async with aclosing(runner.run_cases(cases)) as verdicts:
        [verdict] = [verdict async for _, verdict in verdicts]
    times.append(time.perf_counter())
    for _ in range(2):
        await recogniser.recognise(attempt.exercise, verdict, answer)
        times.append(time.perf_counter())
    judging, first, later = (b - a for a, b in itertools.pairwise(times))
    return judging, first, later


if __name__ == "__main__":
    main()
