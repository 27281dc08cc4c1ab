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

from grader.verdict import Doing, Row
from grader.words import cut_line, safe_line

MARKS: dict[Doing, str] = {"sleep": "━", "io": "─", "wait": "╌", "frozen": "▓"}
_MEANING = {"━": "sleep", "─": "I/O", "╌": "queue/lock", "▓": "loop frozen"}
_MOST_ROWS = 12
_BETWEEN_TICKS = 6  # columns at least
_ROOM_FOR_TIMES = 48  # narrower charts leave the times to the axis


def chart(rows: Sequence[Row], width: int) -> list[str]:
    """The chart in lines of at most `width` columns; none if no time passed."""
    if not rows:
        return []
    shown = rows[:_MOST_ROWS]
    start = min(row.start for row in shown)
    end = max(_last_moment(row) for row in shown)
    if end <= start:
        return []
    names = [cut_line(safe_line(row.task), max(width // 4, 6)) for row in shown]
    ends = [_label(row, times=width >= _ROOM_FOR_TIMES) for row in shown]
    pad = max(map(len, names))
    room = max(width - pad - max(map(len, ends)) - 2, 10)
    scale = _Scale(start, end, room)
    lines = [
        f"{name:<{pad}} {_bar(row, scale)} {label}".rstrip()
        for name, row, label in zip(names, shown, ends, strict=True)
    ]
    if len(rows) > len(shown):
        lines.append(f"{'':>{pad}} … and {len(rows) - len(shown)} more tasks")
    lines += [f"{'':>{pad}} {_axis(scale)}", f"{'':>{pad}} {_legend(lines)}"]
    return [cut_line(line, width) for line in lines]


class _Scale:
    """Turns moments into columns."""

    def __init__(self, start: float, end: float, width: int) -> None:
        self.start, self.end, self.width = start, end, width

    def column(self, moment: float) -> int:
        share = (moment - self.start) / (self.end - self.start)
        return min(max(round(share * (self.width - 1)), 0), self.width - 1)


def _last_moment(row: Row) -> float:
    return max([row.start, row.end or row.start, *(span.end for span in row.spans)])


def _label(row: Row, *, times: bool) -> str:
    if row.end is None:
        return "pending"
    span = "" if row.start == row.end else f"{row.start:g}–"
    words = [f"{span}{row.end:g} s"] if times else []
    return " ".join(words + ([row.ending] if row.ending != "done" else []))


def _bar(row: Row, scale: _Scale) -> str:
    first = scale.column(row.start)
    last = scale.column(scale.end if row.end is None else row.end)
    cells = [" "] * scale.width
    cells[first : last + 1] = MARKS["wait"] * (last + 1 - first)
    # What froze the loop is painted last: it must not vanish under its neighbours.
    for span in sorted(row.spans, key=lambda span: span.doing == "frozen"):
        a, b = scale.column(span.start), scale.column(span.end)
        cells[a : b + 1] = MARKS[span.doing] * (b + 1 - a)
    cells[first] = "├"
    cells[last] = "…" if row.end is None else "│" if first == last else "┤"
    return "".join(cells)


def _axis(scale: _Scale) -> str:
    step = _step(scale)
    cells = [" "] * (scale.width + 12)
    for number in range(ceil(scale.start / step), floor(scale.end / step + 1e-6) + 1):
        label, at = f"{number * step:g}", scale.column(number * step)
        cells[at : at + len(label)] = label
    return "".join(cells).rstrip() + " s"


def _step(scale: _Scale) -> float:
    """The smallest round number of seconds whose labels do not touch."""
    span = scale.end - scale.start
    for power, digit in product(range(-9, 12), (1, 2, 5)):
        step = float(f"{digit}e{power}")
        widest = max(len(f"{scale.end:g}"), len(f"{scale.start + step:g}")) + 2
        if step / span * (scale.width - 1) >= max(widest, _BETWEEN_TICKS):
            return step
    return span


def _legend(lines: Sequence[str]) -> str:
    drawn = "".join(lines)
    return "  ".join(
        f"{mark} {word}" for mark, word in _MEANING.items() if mark in drawn
    )
