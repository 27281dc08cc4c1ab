"""Draws what each task did when, as SVG that fits any width without scaling its text.

Bars are placed in percent, texts in pixels; colours come from the style sheet by class,
and every kind of waiting differs in shape as well.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product
from math import ceil, floor

from markupsafe import Markup

from grader.verdict import Doing, Row, Span
from grader.words import cut_line, safe_line

MEANING: dict[Doing, str] = {
    "sleep": "sleeps",
    "io": "waits for I/O",
    "wait": "waits for another",
    "frozen": "stops the whole loop",
}
_MOST_ROWS, _MOST_TICKS = 12, 6
_ROW, _LANE, _AXIS = 44, 20, 26  # heights in pixels; a lane begins below its name
_HEIGHT: dict[Doing, int] = {"sleep": 10, "io": 10, "wait": 4, "frozen": 16}


def timeline(rows: Sequence[Row]) -> Markup:
    """The picture; nothing if no time passed."""
    shown = rows[:_MOST_ROWS]
    start = min((row.start for row in shown), default=0.0)
    end = max(map(_last_moment, shown), default=0.0)
    if end <= start:
        return Markup("")
    scale = _Scale(start, end)
    parts = [*_axis(scale, len(shown))]
    for number, row in enumerate(shown):
        parts += _task(row, scale, number * _ROW)
    picture = '<svg class="timeline" role="img" height="{}" aria-label="{}">{}</svg>'
    height = len(shown) * _ROW + _AXIS
    return Markup(picture).format(height, summary(rows), Markup("").join(parts))


def summary(rows: Sequence[Row]) -> str:
    """The picture in words."""
    told = [f"{_name(row)}: {_times(row)}" for row in rows[:_MOST_ROWS]]
    more = len(rows) - len(told)
    return "; ".join([*told, f"and {more} more tasks"] if more else told) + "."


def legend(rows: Sequence[Row]) -> list[tuple[Doing, str]]:
    """The kinds of waiting that the picture shows, with their meaning."""
    present = {span.doing for row in rows[:_MOST_ROWS] for span in row.spans}
    return [(doing, text) for doing, text in MEANING.items() if doing in present]


class _Scale:
    """Turns moments into percent of the width."""

    def __init__(self, start: float, end: float) -> None:
        self.start, self.end = start, end

    def percent(self, moment: float) -> float:
        share = (moment - self.start) / (self.end - self.start)
        return round(min(max(share, 0.0), 1.0) * 100, 2)


def _axis(scale: _Scale, rows: int) -> Iterator[Markup]:
    """A line and a label for each round number of seconds."""
    bottom = rows * _ROW
    line = '<line class="grid" x1="{0}%" x2="{0}%" y1="0" y2="{1}"/>'
    label = '<text class="tick" x="{}%" y="{}" text-anchor="{}">{:g} s</text>'
    for moment in _ticks(scale):
        at = scale.percent(moment)
        anchor = "start" if at < 3 else "end" if at > 97 else "middle"
        yield Markup(line).format(at, bottom + 4)
        yield Markup(label).format(at, bottom + 19, anchor, moment)


def _ticks(scale: _Scale) -> list[float]:
    span = scale.end - scale.start
    steps = (float(f"{d}e{p}") for p, d in product(range(-9, 12), (1, 2, 5)))
    step = next((s for s in steps if span / s <= _MOST_TICKS), span)
    first, last = ceil(scale.start / step), floor(scale.end / step + 1e-6)
    return [number * step for number in range(first, last + 1)]


def _task(row: Row, scale: _Scale, top: int) -> Iterator[Markup]:
    name = '<text class="task" x="0" y="{}">{}</text>'
    times = '<text class="times {}" x="100%" y="{}" text-anchor="end">{}</text>'
    yield Markup(name).format(top + 14, _name(row))
    yield Markup(times).format(row.ending, top + 14, _times(row))
    yield _life(row, scale, top + _LANE)
    # What froze the loop is painted last: it must not vanish under its neighbours.
    for span in sorted(row.spans, key=lambda span: span.doing == "frozen"):
        yield _bar(span, scale, top + _LANE)
    end = scale.percent(scale.end if row.end is None else row.end)
    cap = '<line class="cap {0}" x1="{1}%" x2="{1}%" y1="{2}" y2="{3}"/>'
    yield Markup(cap).format(row.ending, end, top + _LANE, top + _LANE + 16)


def _life(row: Row, scale: _Scale, top: int) -> Markup:
    first = scale.percent(row.start)
    last = scale.percent(scale.end if row.end is None else row.end)
    line = '<line class="life {0}" x1="{1}%" x2="{2}%" y1="{3}" y2="{3}"/>'
    return Markup(line).format(row.ending, first, last, top + 8)


def _bar(span: Span, scale: _Scale, top: int) -> Markup:
    first, last = scale.percent(span.start), scale.percent(span.end)
    height = _HEIGHT[span.doing]
    where = f", line {span.line}" if span.line else ""
    what = f" ({safe_line(cut_line(span.what, 80))})" if span.what else ""
    told = f"{MEANING[span.doing]}{what} {_between(span.start, span.end)}{where}"
    bar = (
        '<rect class="bar {}" x="{}%" y="{}" width="{}%" height="{}" rx="2">'
        "<title>{}</title></rect>"
    )
    width = round(max(last - first, 0.4), 2)
    return Markup(bar).format(
        span.doing, min(first, 99.6), top + 8 - height // 2, width, height, told
    )


def _name(row: Row) -> str:
    return cut_line(safe_line(row.task[:400]), 28)


def _times(row: Row) -> str:
    if row.end is None:
        return f"since {row.start:g} s, never ends"
    ending = {"done": "", "pending": ""}.get(row.ending, f" {row.ending}")
    return _between(row.start, row.end) + ending


def _between(start: float, end: float) -> str:
    return f"{end:g} s" if start == end else f"{start:g}–{end:g} s"


def _last_moment(row: Row) -> float:
    return max([row.start, row.end or row.start, *(span.end for span in row.spans)])
