"""Draws what each task did when, as lines of text.

fetch-a ├━━━━━━━━━━━┤              0–1 s
fetch-b ├━━━━━━━━━━━━━━━━━━━━━━━━┤ 0–2 s
        0           1            2 s
        ━ sleep
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product
from math import ceil, floor

from rich.cells import cell_len, set_cell_size

from grader.verdict import Doing, Row
from grader.words import safe_line

MARKS: dict[Doing, str] = {"sleep": "━", "io": "─", "wait": "╌", "frozen": "▓"}
_MEANING = {"━": "sleep", "─": "I/O", "╌": "queue/lock", "▓": "loop frozen"}
_TEST = "the test"  # how the laboratory calls the task that runs a test
_MOST_ROWS = 12
_BETWEEN_TICKS = 6  # columns at least
_NARROWEST_NAME, _NARROWEST_BAR = 6, 10
_ROOM_FOR_TIMES = 48  # narrower charts leave the times to the axis


def chart(rows: Sequence[Row], width: int) -> list[str]:
    """The chart in lines of at most `width` columns; none if no time passed."""
    return charts([rows], width)[0]


def charts(every: Sequence[Sequence[Row]], width: int) -> list[list[str]]:
    """Several charts, each `width` columns wide, with the same scale and columns."""
    shown = [list(rows[:_MOST_ROWS]) for rows in every]
    together = [row for rows in shown for row in rows]
    start = min((row.start for row in together), default=0.0)
    end = max(map(_last_moment, together), default=0.0)
    if end <= start:
        return [[] for _ in every]
    frame = _Frame(together, start, end, width)
    return [
        _chart(some, len(rows) - len(some), frame) if some else []
        for rows, some in zip(every, shown, strict=True)
    ]


class _Frame:
    """How wide the columns of a chart are, and where on them a moment lies."""

    def __init__(
        self, rows: Sequence[Row], start: float, end: float, width: int
    ) -> None:
        self.start, self.end, self.total = start, end, width
        self.times = width >= _ROOM_FOR_TIMES
        self.most = max(width // 4, _NARROWEST_NAME)
        self.pad = max(cell_len(_short(row.task, self.most)) for row in rows)
        ends = max(len(_label(row, times=self.times)) for row in rows)
        self.width = max(width - self.pad - ends - 2, _NARROWEST_BAR)

    def column(self, moment: float) -> int:
        share = (moment - self.start) / (self.end - self.start)
        return min(max(round(share * (self.width - 1)), 0), self.width - 1)

    def line(self, name: str, rest: str) -> str:
        """One line: a name, then what comes after it."""
        line = f"{set_cell_size(name, self.pad)} {rest}".rstrip()
        return line if cell_len(line) <= self.total else _cut(line, self.total)


def _chart(rows: Sequence[Row], more: int, frame: _Frame) -> list[str]:
    lines = [
        frame.line(
            _short(row.task, frame.most),
            f"{_bar(row, frame)} {_label(row, times=frame.times)}",
        )
        for row in rows
    ]
    if more:
        lines.append(frame.line("", f"… and {more} more tasks"))
    return [*lines, frame.line("", _axis(frame)), frame.line("", _legend(lines))]


def _last_moment(row: Row) -> float:
    return max([row.start, row.end or row.start, *(span.end for span in row.spans)])


def _short(name: str, most: int) -> str:
    """`name` in at most `most` cells. Names of siblings differ mostly at their end."""
    name = safe_line(name)
    if cell_len(name) <= most:
        return name
    tail = name
    while cell_len(tail) > (most - 1) // 3:
        tail = tail[1:]
    return _cut(name, most - cell_len(tail)) + tail


def _cut(text: str, most: int) -> str:
    return set_cell_size(text, max(most - 1, 0)).rstrip() + "…"


def _label(row: Row, *, times: bool) -> str:
    if row.end is None:
        return "pending"
    span = "" if row.start == row.end else f"{row.start:g}–"
    words = [f"{span}{row.end:g} s"] if times else []
    # That a test fails is no task's error: it is told in words, not in the chart.
    said = row.ending != "done" and row.task != _TEST
    return " ".join(words + ([row.ending] if said else []))


def _bar(row: Row, frame: _Frame) -> str:
    first = frame.column(row.start)
    last = frame.column(frame.end if row.end is None else row.end)
    cells = [" "] * frame.width
    cells[first : last + 1] = MARKS["wait"] * (last + 1 - first)
    # What froze the loop is painted last: it must not vanish under its neighbours.
    for span in sorted(row.spans, key=lambda span: span.doing == "frozen"):
        a, b = frame.column(span.start), frame.column(span.end)
        cells[a : b + 1] = MARKS[span.doing] * (b + 1 - a)
    cells[first] = "├"
    cells[last] = "…" if row.end is None else "│" if first == last else "┤"
    return "".join(cells)


def _axis(frame: _Frame) -> str:
    step = _step(frame)
    cells = [" "] * (frame.width + 12)
    for number in range(ceil(frame.start / step), floor(frame.end / step + 1e-6) + 1):
        label, at = f"{number * step:g}", frame.column(number * step)
        cells[at : at + len(label)] = label
    return "".join(cells).rstrip() + " s"


def _step(frame: _Frame) -> float:
    """The smallest round number of seconds whose labels do not touch."""
    span = frame.end - frame.start
    for power, digit in product(range(-9, 12), (1, 2, 5)):
        step = float(f"{digit}e{power}")
        widest = max(len(f"{frame.end:g}"), len(f"{frame.start + step:g}")) + 2
        if step / span * (frame.width - 1) >= max(widest, _BETWEEN_TICKS):
            return step
    return span


def _legend(lines: Sequence[str]) -> str:
    drawn = "".join(lines)
    return "  ".join(
        f"{mark} {word}" for mark, word in _MEANING.items() if mark in drawn
    )
