"""Texts for a terminal: harmless whatever learners print, and short."""

from __future__ import annotations

import re

# Escape sequences (colours, cursor, window titles, links), whole or cut short.
_ESCAPES = re.compile(
    r"\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)?"
    r"|(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]?"
    r"|\x1b[PX^_].*?(?:\x1b\\|$)"
    r"|\x1b[ -/]*[0-~]?",
    re.DOTALL,
)
# Control characters, lone surrogates, and what reverses or hides text.
_HARMFUL = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f"
    "\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff]"
)


def safe(text: str) -> str:
    """`text` without anything that could move the cursor, colour or hide."""
    text = _ESCAPES.sub("", text.replace("\r\n", "\n"))
    return _HARMFUL.sub("", text.expandtabs(4))


def safe_line(text: str) -> str:
    """`safe(text)` on one line."""
    return " ".join(safe(text).split())


def cut_line(line: str, width: int) -> str:
    """`line`, at most `width` characters long."""
    return line if len(line) <= width else line[: max(width - 1, 0)] + "…"


def cut(text: str, *, lines: int, width: int) -> str:
    """`text` made safe, with at most `lines` lines of `width` characters.

    What is left out is counted: "… and 93 more lines".
    """
    every = safe(text).rstrip("\n").split("\n")
    shown = every if len(every) <= lines + 1 else every[:lines]
    rest = len(every) - len(shown)
    more = [f"… and {rest:,} more lines"] if rest else []
    return "\n".join([cut_line(line.rstrip(), width) for line in shown] + more)


def duration(seconds: float) -> str:
    """`seconds` for people, in at most two units: `2 h 13 min`, `45 s`, `0.9 s`."""
    if seconds < 59.95:
        return f"{seconds:.3g} s" if seconds >= 10 else f"{_short(seconds)} s"
    minutes, second = divmod(round(seconds), 60)
    hours, minute = divmod(minutes, 60)
    days, hour = divmod(hours, 24)
    units = [(days, "d"), (hour, "h"), (minute, "min"), (second, "s")]
    first = next(i for i, (count, _) in enumerate(units) if count)
    return " ".join(f"{n} {unit}" for n, unit in units[first : first + 2] if n)


def _short(seconds: float) -> str:
    return f"{seconds:.1f}".removesuffix(".0") if seconds >= 0.05 else "0"


def count(number: int, noun: str) -> str:
    """`1 exercise`, `2 exercises`."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
