"""The code in the lessons: each block is a program, and what it prints is shown.

A block that begins with ```` ```python ```` runs on the virtual clock, in a namespace
of its own. It must print exactly what the ```` ```text ```` block right behind it says,
or nothing if there is none. Other blocks, such as drawings, are only read.
"""

import difflib
import json
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from grader.course import Course

from .complaint import Complaint

_HOME = Path(__file__).resolve().parents[2]
_LIMIT = 60  # real seconds for one chapter's lessons


@dataclass(frozen=True)
class Block:
    """A program in a lesson, the line of its fence, and what it must print."""

    exercise: str  # "1.2"
    line: int
    code: str
    expected: str


@dataclass(frozen=True)
class Printed:
    """What a block printed, and the error that ended it, if any."""

    text: str
    error: str | None = None


def blocks(lesson: str) -> list[Block]:
    """The programs in a chapter's README."""
    return list(_pair(_fenced(lesson)))


def run(lesson: Path) -> dict[int, Printed]:
    """Run the programs of one README, by the line of each; a process of its own."""
    command = [sys.executable, "-m", "tests.course.run_lesson", str(lesson)]
    done = subprocess.run(
        command, cwd=_HOME, capture_output=True, timeout=_LIMIT, check=False
    )
    lines = done.stdout.decode().splitlines()
    found = {line: Printed(*rest) for line, *rest in map(json.loads, lines)}
    errors = done.stderr.decode(errors="replace")
    return found if done.returncode == 0 else {**found, 0: Printed("", errors)}


def run_all(course: Course) -> dict[str, dict[int, Printed]]:
    """The output of all lessons, by the chapter's folder."""
    paths = {c.slug: course.root / "exercises" / c.slug for c in course.chapters}
    with ThreadPoolExecutor(max_workers=2) as pool:
        outputs = pool.map(run, [path / "README.md" for path in paths.values()])
        return dict(zip(paths, outputs, strict=True))


def complaints(
    path: str, found: list[Block], printed: dict[int, Printed]
) -> Iterator[Complaint]:
    """What the programs print and the lesson does not show, or the other way round."""
    if 0 in printed:
        yield Complaint(path, f"could not be run:\n{printed[0].error}")
    for block in found:
        place = f"{path}:{block.line}"
        got = printed.get(block.line, Printed("", "it was never run"))
        if got.error:
            yield Complaint(place, f"the program ends with {got.error}")
        elif got.text.rstrip() != block.expected.rstrip():
            difference = difflib.unified_diff(
                *(block.expected.splitlines(), got.text.splitlines()),
                *("the lesson shows", "the program prints"),
                lineterm="",
            )
            yield Complaint(place, "shows another output:\n" + "\n".join(difference))


def _fenced(text: str) -> Iterator[tuple[str, str, int, int, str]]:
    """Each fenced block: (exercise, language, first line, last line, body)."""
    exercise, language, start, body = "", None, 0, list[str]()
    for number, line in enumerate(text.splitlines(), 1):
        if language is None and line.startswith("## "):
            exercise = line.split()[1].rstrip(".:")
        elif language is None and line.startswith("```"):
            language, start, body = line[3:].strip(), number, []
        elif language is not None and line.startswith("```"):
            yield exercise, language, start, number, "\n".join(body)
            language = None
        else:
            body.append(line)


def _pair(fenced: Iterator[tuple[str, str, int, int, str]]) -> Iterator[Block]:
    every = list(fenced)
    nothing = ("", "", 0, 0, "")
    for this, behind in zip(every, [*every[1:], nothing], strict=True):
        exercise, language, start, end, code = this
        if language == "python":
            shown = behind[1] == "text" and behind[2] <= end + 2
            yield Block(exercise, start, code, behind[4] if shown else "")
