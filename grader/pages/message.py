"""Takes a message apart: values that are compared, aligned lines, sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from markupsafe import Markup

from grader.pages.lessons import said
from grader.words import cut

_IN_ONE_LINE = re.compile(r"got (.+), expected (.+)")
_IN_SEVERAL = re.compile(r"got:\n((?: .*\n)+)expected:\n((?: .*(?:\n|$))+)")
_INDENT = re.compile(r"  (> |  )")


@dataclass(frozen=True)
class Block:
    """A part of a message. `got` and `expected` are lines, and whether they differ."""

    text: Markup = field(default_factory=Markup)
    aligned: bool = False
    got: Sequence[tuple[str, bool]] = ()
    expected: Sequence[tuple[str, bool]] = ()


def blocks(message: str) -> list[Block]:
    """The parts of a message, in its order."""
    text = cut(message, lines=32, width=400)
    return [
        block
        for paragraph in re.split(r"\n\n+", text)
        if paragraph.strip()
        for block in _parts(paragraph)
    ]


def _parts(paragraph: str) -> Iterator[Block]:
    if match := _IN_ONE_LINE.fullmatch(paragraph):
        yield Block(got=[(match[1], False)], expected=[(match[2], False)])
    elif match := _IN_SEVERAL.match(paragraph):
        yield Block(got=_lines(match[1]), expected=_lines(match[2]))
        if rest := paragraph[match.end() :].strip("\n"):
            yield from _parts(rest)
    else:
        aligned = re.search(r"^ ", paragraph, re.MULTILINE) is not None
        yield Block(text=said(paragraph), aligned=aligned)


def _lines(text: str) -> list[tuple[str, bool]]:
    """Lines without the indentation of the list, and whether they are the ones."""
    return [
        (_INDENT.sub("", line, count=1), line.startswith("  > "))
        for line in text.rstrip("\n").split("\n")
    ]
