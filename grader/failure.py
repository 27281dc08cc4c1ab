"""The lower part of the screen: the one thing to look at next, and why."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.padding import Padding
from rich.text import Text

from grader.course import Exercise
from grader.overview import MARKS
from grader.results import Results
from grader.timeline_chart import chart
from grader.verdict import Line, Row, TestVerdict, Verdict
from grader.words import cut, safe, safe_line

_ADVICE = {
    "todo": "Open the file: its first lines say what is asked, the TODOs where.",
    "broken": "Python could not load this file, so nothing in it was tested.",
    "timeout": "The tests skip all waiting, so this is no long wait but a loop or "
    "a call that never ends.",
    "crashed": "The whole Python process ended, and the test with it.",
    "tampered": "The answer changed the tests, or what they rely on. "
    "Undo that, and solve the exercise itself.",
}
# A timeline helps when time or order went wrong, and is noise when a value did.
_ABOUT_TIME = re.compile(
    r"\b(seconds?|\d+(\.\d+)? s|time|times|timeout|deadline|wait\w*|order|once|before"
    r"|after|first|last|soon|late|later|early|concurrent\w*|together|overlap\w*"
    r"|deadlock|never|still|cancel\w*|block\w*|freez\w*|froz\w*)\b",
    re.IGNORECASE,
)
_MOST_LINES = 4


class Chart:
    """A timeline as wide as there is room."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self.rows = rows

    def __rich_console__(
        self, console: Console, options: ConsoleOptions
    ) -> RenderResult:
        """Draw the timeline; frozen and pending parts stand out."""
        lines = chart(self.rows, options.max_width)
        text = Text("\n".join(lines), no_wrap=True)
        text.highlight_regex("▓+", "red")
        text.highlight_regex("━+", "cyan")
        text.highlight_regex("─+|╌+", "dim")
        text.highlight_regex(r"…|\b(pending|error|cancelled)\b.*", "yellow")
        yield text


def failure(
    results: Results, exercise: Exercise, verdict: Verdict
) -> Iterator[RenderableType]:
    """What is wrong with `exercise`: its first failing test, and nothing else."""
    character, style, meaning = MARKS[verdict.status]
    test = verdict.first_failure
    where = verdict.where or (test.where if test else ())
    path = shown_path(results, exercise)
    yield Text.assemble(
        (f"{exercise.id}  {safe_line(exercise.title)}", "bold"),
        ("  ", ""),
        (f"{character} {meaning}", style),
    )
    yield Text(_position(path, where), "cyan")
    if verdict.status in _ADVICE:
        yield _block(prose(_ADVICE[verdict.status]))
    yield from _what_failed(verdict, test)
    yield from _lines(where, path)
    if test is not None:
        yield from _evidence(test)


def shown_path(results: Results, exercise: Exercise) -> str:
    """Where the judged answer lies, as the learner would type it."""
    own = f"{results.answers}/{exercise.chapter}/{exercise.slug}.py"
    return safe_line(results.answer or own)


def prose(text: str) -> Text:
    """Text from anywhere, made safe, with `code` picked out."""
    words = Text(cut(text, lines=24, width=400))
    words.highlight_regex(r"`[^`\n]+`", "bold")
    return words


def section(title: str, body: RenderableType) -> Iterator[RenderableType]:
    """A titled block."""
    yield Text()
    yield Text(title, "dim")
    yield Padding(body, (0, 0, 0, 2))


def _block(body: RenderableType) -> RenderableType:
    return Padding(body, (1, 0, 0, 0))


def _position(path: str, where: Sequence[Line]) -> str:
    """`path:line`, which editors and terminals open by a click."""
    here = [line.line for line in where if _same(line.path, path)]
    return f"{path}:{here[-1]}" if here else path


def _same(path: str, other: str) -> bool:
    return path == other or path.endswith(f"/{other}") or other.endswith(f"/{path}")


def _what_failed(
    verdict: Verdict, test: TestVerdict | None
) -> Iterator[RenderableType]:
    if test is None and verdict.status in ("timeout", "crashed"):
        test = next((t for t in verdict.tests if t.status != "passed"), None)
    if test is not None:
        yield from section("The rule", prose(test.rule))
    message = verdict.message or (test.message if test else None)
    if message:
        yield from section("What happened", _colour_values(prose(message)))


def _colour_values(text: Text) -> Text:
    text.highlight_regex(r"(?m)^\s*(got|but got)\b", "red")
    text.highlight_regex(r"\bexpected\b", "green")
    return text


def _lines(where: Sequence[Line], path: str) -> Iterator[RenderableType]:
    """The learner's lines, the decisive one last and marked."""
    shown = [line for line in where[-_MOST_LINES:] if line.source]
    if not shown:
        return
    text = Text(no_wrap=True, overflow="ellipsis")
    width = max(len(str(line.line)) for line in shown)
    for line in shown:
        decisive = line is shown[-1]
        text.append("> " if decisive else "  ", "bold red")
        text.append(f"{line.line:>{width}} │ ", "dim")
        text.append(safe(line.source).strip(), "bold" if decisive else "")
        if not _same(line.path, path):
            text.append(f"  {safe_line(line.path)}", "dim")
        text.append("\n")
    text.right_crop(1)
    yield from section("Your code", text)


def _evidence(test: TestVerdict) -> Iterator[RenderableType]:
    if safe(test.printed).strip():
        printed = Text(cut(test.printed, lines=8, width=200))
        printed.no_wrap, printed.overflow = True, "ellipsis"
        yield from section("It printed", printed)
    if test.timeline and _worth_drawing(test) and chart(test.timeline, 80):
        yield from section("The timeline, in virtual seconds", Chart(test.timeline))


def _worth_drawing(test: TestVerdict) -> bool:
    rows = test.timeline or ()
    if any(span.doing == "frozen" for row in rows for span in row.spans):
        return True
    return _ABOUT_TIME.search(f"{test.rule} {test.message}") is not None
