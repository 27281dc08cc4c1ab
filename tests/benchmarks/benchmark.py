"""How fast is the grader? Run it from the top: `python tests/benchmarks/benchmark.py`.

Everything is measured side by side in one run, in turns, and printed as a ratio where
there is something to compare with: a ratio means the same on a slow machine and on a
busy one. The median of the rounds is shown. Nothing passes or fails here.
"""

import asyncio
import os
import statistics
import subprocess
import sys
import tempfile
import time
from argparse import ArgumentParser
from collections.abc import Callable, Sequence
from pathlib import Path

HOME = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(HOME))

from grader.course import Course, Exercise  # noqa: E402
from grader.runner import Settings, run  # noqa: E402

KATA = HOME / "tests" / "grader" / "kata"
IMPORTS = "import pytest, pytest_asyncio, hypothesis, aiohttp"
TESTS = "import asyncio\n" + "\n".join(
    f"async def test_{number}():\n    await asyncio.sleep(0)" for number in range(400)
)
PLAIN = (
    *("-p", "pytest_asyncio.plugin", "-o", "asyncio_mode=auto"),
    *("-o", "asyncio_default_fixture_loop_scope=function"),
)
LAB = (*PLAIN, "-p", "grader.harness.plugin", "--answers", str(HOME / "solutions"))

Measure = Callable[[], float]


def main() -> None:
    """Measure and print."""
    parser = ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    parser.add_argument("--rounds", type=int, default=3)
    rounds = parser.parse_args().rounds
    print(f"Python {sys.version.split()[0]}, {os.cpu_count()} cores, {rounds} rounds\n")
    exercises = Course.load(HOME).exercises
    for show in (one_exercise, whole_course):
        show(exercises, rounds)
    deadlock(rounds)
    one_test(rounds)


def one_exercise(exercises: Sequence[Exercise], rounds: int) -> None:
    """The warm worker against a cold pytest for each exercise."""
    warm, cold = alternate(
        rounds,
        lambda: seconds_in_worker(exercises, HOME, "solutions"),
        lambda: sum(map(cold_pytest, exercises)),
    )
    count = len(exercises)
    say("an exercise in the warm worker", warm / count)
    say("an exercise in a pytest of its own", cold / count)
    print(f"  {cold / warm:.1f} times faster\n")


def whole_course(exercises: Sequence[Exercise], rounds: int) -> None:
    """Everything from a cold start, against the imports that it cannot do without."""
    grader = ("-m", "grader", "--answers", "solutions")
    whole, imports = alternate(
        rounds, lambda: python(*grader), lambda: python("-c", IMPORTS)
    )
    say(f"{len(exercises)} exercises, from a cold start", whole)
    say(f"`{IMPORTS}`", imports)
    print(f"  {whole / imports:.2f} times the bare imports\n")


def deadlock(rounds: int) -> None:
    """From the start of an answer that waits for ever to the verdict on it."""
    exercises = Course.load(KATA).select(["waits_for_ever"])
    [seconds] = alternate(
        rounds, lambda: seconds_in_worker(exercises, KATA, "exercises")
    )
    say("a deadlock, from the start to the verdict", seconds)
    print()


def one_test(rounds: int) -> None:
    """A trivial test in the lab, against the same test under plain pytest-asyncio."""
    with tempfile.TemporaryDirectory() as folder:
        small, big = Path(folder, "test_small.py"), Path(folder, "test_big.py")
        small.write_text("def test_nothing(): pass\n", encoding="utf-8")
        big.write_text(TESTS, encoding="utf-8")
        times = alternate(
            rounds,
            *(lambda f=f: own_pytest(PLAIN, f) for f in (small, big)),
            *(lambda f=f: own_pytest(LAB, f) for f in (small, big)),
        )
    plain, lab = (times[1] - times[0]) / 400, (times[3] - times[2]) / 400
    say("a trivial test in the lab", lab)
    say("a trivial test under plain pytest-asyncio", plain)
    print(f"  {lab / plain:.2f} times as long")


def alternate(rounds: int, *measures: Measure) -> list[float]:
    """Take all measures in turns, and the median of each over the rounds."""
    found = [[measure() for measure in measures] for _ in range(rounds)]
    return [statistics.median(column) for column in zip(*found, strict=True)]


def seconds_in_worker(exercises: Sequence[Exercise], root: Path, answers: str) -> float:
    """What the verdicts took one after another, in a worker that is warm."""

    async def collect() -> float:
        settings = Settings(root, Path(answers), limit=60, jobs=1)
        return sum([v.seconds async for v in run(exercises, settings)])

    return asyncio.run(collect())


def cold_pytest(exercise: Exercise) -> float:
    """One `python -m pytest` for one exercise, as it is configured here."""
    return python("-m", "pytest", "--answers", "solutions", exercise.tests)


def own_pytest(options: Sequence[str], file: Path) -> float:
    """A pytest that knows nothing of our configuration, only of `options`."""
    config = ("-c", os.devnull, "--rootdir", str(file.parent))
    command = ("-m", "pytest", *config, *options, str(file))
    return python(*command, PYTEST_DISABLE_PLUGIN_AUTOLOAD="1")


def python(*arguments: str, **variables: str) -> float:
    """Seconds that a Python process takes; it must succeed."""
    began = time.perf_counter()
    subprocess.run(
        [sys.executable, *arguments],
        cwd=HOME,
        env={**os.environ, **variables},
        stdout=subprocess.DEVNULL,
        check=True,
    )
    return time.perf_counter() - began


def say(what: str, seconds: float) -> None:
    """One line: a duration, and of what."""
    print(f"{1000 * seconds:9.2f} ms  {what}")


if __name__ == "__main__":
    main()
