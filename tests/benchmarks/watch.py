"""How soon does `watch` answer a save? `python tests/benchmarks/watch.py` tells.

The real program runs behind a pseudo-terminal. A save is counted from the moment in
which the file has been written to the moment in which the new verdict can be read.
The bare event (what the file system needs to tell of a save) is measured beside it.
"""

import asyncio
import contextlib
import os
import shutil
import statistics
import sys
import tempfile
import time
from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path

HOME = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(HOME))

from grader.course import Course  # noqa: E402
from grader.runner import Case, Runner, Settings  # noqa: E402
from grader.saves import saves  # noqa: E402
from tests.grader.pseudo_terminal import PseudoTerminal  # noqa: E402

PAUSE = 0.1  # seconds between two saves


def main() -> None:
    """Measure and print."""
    parser = ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    parser.add_argument("--saves", type=int, default=50)
    count = parser.parse_args().saves
    print(f"Python {sys.version.split()[0]}, {os.cpu_count()} cores, {count} saves\n")
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "course"
        for tree in ("exercises", "solutions", "tests"):
            skip = shutil.ignore_patterns("__pycache__", "grader", "benchmarks")
            shutil.copytree(HOME / tree, root / tree, ignore=skip)
        say("a save until it is noticed", asyncio.run(noticed(root, count)))
        say("the warm worker's own verdict", asyncio.run(judged(root, count)))
        solved, broken = shown(root, count)
        say("a save until its verdict is shown", solved + broken)
        say("  of an answer that passes", solved)
        say("  of one that does not parse", broken)


def shown(root: Path, count: int) -> tuple[list[float], list[float]]:
    """Seconds from each save to its verdict, right and broken answers in turns."""
    exercise, *others = Course.load(root).exercises
    file = root / exercise.path
    right = (root / "solutions" / exercise.chapter / file.name).read_text()
    argv = ("-m", "grader", "watch", exercise.id, "--course", str(root))
    solved, broken = [], []
    with PseudoTerminal(*argv) as terminal:
        terminal.until(f"of {len(others) + 1} solved")
        for _ in range(count):
            solved.append(answered(terminal, file, right, "Solved!"))
            broken.append(answered(terminal, file, "oh no", "Syntax error"))
    return solved, broken


def answered(terminal: PseudoTerminal, file: Path, text: str, sign: str) -> float:
    """Seconds until `sign` is shown after `text` was saved."""
    time.sleep(PAUSE)
    file.write_text(text)
    began = time.perf_counter()
    terminal.until(sign)
    return time.perf_counter() - began


async def judged(root: Path, count: int) -> list[float]:
    """Seconds that the worker needs for the reference answer."""
    cases = [Case(Course.load(root).exercises[0])]
    taken = []
    async with Runner(Settings(root, Path("solutions"))) as runner:
        await runner.warm_up()
        for _ in range(count + 1):
            await asyncio.sleep(PAUSE)
            began = time.perf_counter()
            _ = [verdict async for verdict in runner.run_cases(cases)]
            taken.append(time.perf_counter() - began)
    return taken[1:]


async def noticed(root: Path, count: int) -> list[float]:
    """Seconds from each save to its event."""
    file = root / Course.load(root).exercises[0].path
    before = file.read_text()
    taken: list[float] = []
    async with contextlib.aclosing(saves(root / "exercises", [file])) as events:
        for number in range(count + 1):
            saving = asyncio.create_task(save(file, f"{before}# {number}\n"))
            await anext(events)
            taken.append(time.perf_counter() - await saving)
    file.write_text(before)
    return taken[1:]  # the first has also waited for the watcher


async def save(file: Path, text: str) -> float:
    """Save in a while, and return when that was."""
    await asyncio.sleep(PAUSE)
    await asyncio.to_thread(file.write_text, text)
    return time.perf_counter()


def say(what: str, seconds: Sequence[float]) -> None:
    """The best, the median and the nineteenth of twenty."""
    p95 = statistics.quantiles(seconds, n=20)[-1]
    times = [("best", min(seconds)), ("p50", statistics.median(seconds)), ("p95", p95)]
    columns = "   ".join(f"{name} {time * 1e3:4.0f} ms" for name, time in times)
    print(f"{what:<36}{columns}")


if __name__ == "__main__":
    main()
