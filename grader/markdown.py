"""The little Markdown that the grader reads: headings, sections, numbered lists."""

from __future__ import annotations

import re
from collections.abc import Iterator
from textwrap import dedent

_FENCE = re.compile(r"\s*(```|~~~)")
_ITEM = re.compile(r"(\d+)[.)] +(.*)")


def heading(text: str) -> str:
    """The first `#` heading, or nothing."""
    for line, fenced in _lines(text):
        if not fenced and line.startswith("# "):
            return line[2:].strip()
    return ""


def section(text: str, number: str) -> str:
    """The body of the `##` section whose heading begins with `number`."""
    body: list[str] = []
    inside = False
    for line, fenced in _lines(text):
        if not fenced and re.match("##? ", line):
            inside = line.startswith("## ") and line.split()[1].rstrip(".:") == number
        elif inside:
            body.append(line)
    return "\n".join(body).strip()


def numbered_items(text: str) -> list[str]:
    """The items of the numbered list in `text`; code blocks stay as they are."""
    items: list[list[str]] = []
    for line, fenced in _lines(text):
        if not fenced and (match := _ITEM.match(line)):
            items.append([" " * match.start(2) + match[2]])
        elif items:
            items[-1].append(line)
    return [dedent("\n".join(item)).strip() for item in items]


def paragraphs(text: str) -> Iterator[tuple[bool, str]]:
    """Split `text` into (is code, text): fences are dropped, prose is one line each."""
    block: list[str] = []
    code = False
    for line, fenced in _lines(text):
        is_fence = fenced and _FENCE.match(line) is not None
        if is_fence or not (fenced or line.strip()):
            yield from _block(block, code)
            block = []
            code = fenced and not code
        else:
            block.append(line)
    yield from _block(block, code)


def _block(lines: list[str], code: bool) -> Iterator[tuple[bool, str]]:
    if lines:
        yield code, "\n".join(lines) if code else " ".join(map(str.strip, lines))


def _lines(text: str) -> Iterator[tuple[str, bool]]:
    """Each line, and whether it belongs to a fenced code block (fences do)."""
    fence = ""
    for line in text.splitlines():
        match = _FENCE.match(line)
        if match and not fence:
            fence = match[1]
            yield line, True
        else:
            yield line, bool(fence)
            if match and match[1] == fence:
                fence = ""
