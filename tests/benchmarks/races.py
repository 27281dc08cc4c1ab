"""Do threads ever race the clock? `python tests/benchmarks/races.py SECONDS`.

Runs every race of tests/grader/lab/thread_races.py over and over, best beside
something that keeps the machine busy, and prints each result that is not as it must be.
Exits with 1 if there was one.
"""

import sys
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from grader.harness import lab

now = time.perf_counter  # the real one: `patch()` replaces it
lab.patch()

from grader.harness.errors import Stuck  # noqa: E402
from tests.grader.lab.thread_races import RACES, Race  # noqa: E402


def main() -> int:
    """Run for as long as was asked; print rounds and wrong results."""
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 10.0
    end = now() + seconds
    rounds, wrong = 0, Counter[str]()
    while now() < end:
        wrong.update(filter(None, map(wrong_result, RACES)))
        rounds += 1
    version = sys.version.partition(" ")[0]
    print(f"{version}: {rounds} rounds of {len(RACES)} races, {wrong.total()} wrong")
    for result, times in wrong.most_common():
        print(f"{times:6} x {result}")
    return 1 if wrong else 0


def wrong_result(race: Race) -> str | None:
    """What was wrong with one run, if anything."""
    try:
        got: object = lab.run(race())
    except (Exception, Stuck) as error:
        got = f"{type(error).__name__}: {error}"
    return None if got == RACES[race] else f"{race.__name__}: {got}"


if __name__ == "__main__":
    sys.exit(main())
