"""Two timelines to compare: what the answer did, and what the reference does."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.table import Table
from rich.text import Text

from grader.course import Exercise
from grader.layout import Prose, coloured, section
from grader.timeline_chart import chart, charts
from grader.verdict import Row, TestVerdict, Verdict
from grader.words import safe_line

SIDE_BY_SIDE = 110  # columns from which on there is room for two charts in a row
_GAP = 4


@dataclass(frozen=True)
class Trace:
    """One test of an exercise, as two answers went through it; `theirs` may lack."""

    exercise: Exercise
    mine: Verdict
    theirs: Verdict | None = None

    @property
    def name(self) -> str | None:
        """The test to draw: the one that fails, or else the first in which time passes.

        Where it can be chosen, it is one in which more than one task takes part.
        """
        failing = self.mine.first_failure
        if failing is not None and failing.status == "failed" and _drawn(failing):
            return failing.name
        timed = [t for t in self._tests() if (t.virtual_seconds or 0) > 0 and _drawn(t)]
        order = [rule.name for rule in self.exercise.rules]
        timed.sort(key=lambda test: order.index(test.name))
        lively = [test for test in timed if len(test.timeline or ()) > 1]
        return next((test.name for test in [*lively, *timed]), None)

    def rows(self) -> list[Sequence[Row]]:
        """The rows of both timelines."""
        return [_rows(self.mine, self.name), _rows(self.theirs, self.name)]

    def _tests(self) -> list[TestVerdict]:
        return [*self.mine.tests, *(self.theirs.tests if self.theirs else ())]


def trace(found: Trace) -> RenderableType:
    """The rule of the test that was chosen, then both charts, or why there is none."""
    title = Text(f"{found.exercise.id}  {safe_line(found.exercise.title)}", "bold")
    rule = next((r.text for r in found.exercise.rules if r.name == found.name), None)
    if rule is None:
        nothing = "No time passes in this exercise, so there is nothing to draw."
        return Group(title, Text(), Text(nothing))
    mine, theirs = found.rows()
    captions = [_caption("Your answer", found.mine, found.name, drawn=bool(mine))]
    captions += [
        _caption("The reference", found.theirs, found.name, drawn=bool(theirs))
    ]
    parts = [*section("The rule", Prose(rule)), Text()]
    return Group(title, *parts, _Charts(captions, [mine, theirs]))


class _Charts:
    """Two charts on a common scale: beside each other where there is room."""

    def __init__(
        self, captions: Sequence[RenderableType], rows: Sequence[Sequence[Row]]
    ) -> None:
        self._captions, self._rows = captions, rows

    def __rich_console__(
        self, console: Console, options: ConsoleOptions
    ) -> RenderResult:
        """Draw both."""
        beside = options.max_width >= SIDE_BY_SIDE and all(self._rows)
        width = (options.max_width - _GAP) // 2 if beside else options.max_width
        drawn = [coloured(lines) for lines in charts(self._rows, width)]
        if beside:
            table = Table.grid(padding=(0, _GAP, 0, 0))
            table.add_column(width=width)
            table.add_column(width=width)
            table.add_row(*self._captions)
            table.add_row(*drawn)
            yield table
            return
        yield from _stacked(self._captions, drawn)


def _stacked(
    captions: Sequence[RenderableType], drawn: Sequence[Text]
) -> Iterator[RenderableType]:
    for number, (caption, lines) in enumerate(zip(captions, drawn, strict=True)):
        if number:
            yield Text()
        yield caption
        if lines.plain:
            yield lines


def _caption(
    who: str, verdict: Verdict | None, name: str | None, *, drawn: bool
) -> RenderableType:
    """Whose chart it is, how the test went, and why there is no chart if so."""
    if verdict is None:
        return Prose(f"{who} is not here: there is no `solutions/`.", "dim")
    test = next((test for test in verdict.tests if test.name == name), None)
    words = {"passed": "passes", "failed": "fails", "todo": "is still to do"}
    said = words.get(test.status if test else "", "did not come so far")
    style = "green" if test and test.status == "passed" else "yellow"
    text = Text.assemble((who, "bold"), "  ", (said, style))
    if not drawn:
        text.append("; no time passed in it", "dim")
    return text


def _drawn(test: TestVerdict) -> bool:
    return bool(chart(test.timeline or (), 80))


def _rows(verdict: Verdict | None, name: str | None) -> Sequence[Row]:
    """The rows of a test; none if no time passed in it."""
    tests = verdict.tests if verdict else ()
    test = next((test for test in tests if test.name == name), None)
    return test.timeline or () if test is not None and _drawn(test) else ()
