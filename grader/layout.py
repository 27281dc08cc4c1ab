"""Pieces of the screen that fit themselves to its width."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.padding import Padding
from rich.segment import Segment
from rich.style import Style
from rich.text import Text

from grader.timeline_chart import chart
from grader.verdict import Row
from grader.words import cut

_INDENT = re.compile(r" *(?:[->*] )? *")
_NARROWEST = 20


class Bar:
    """A bar as wide as the screen, filled up to `done` of `total`."""

    def __init__(self, done: int, total: int) -> None:
        self._done, self._total = done, total

    def __rich_console__(
        self, console: Console, options: ConsoleOptions
    ) -> RenderResult:
        """Draw the bar in one line."""
        width = options.max_width
        filled = width * self._done // max(self._total, 1)
        yield Segment("━" * filled, Style(color="green"))
        yield Segment("┄" * (width - filled), Style(dim=True))
        yield Segment.line()


class Phrases:
    """Short texts beside each other; a line never ends within one of them."""

    def __init__(self, phrases: Iterable[Text], gap: int = 3) -> None:
        self._phrases, self._gap = list(phrases), gap

    def __rich_console__(
        self, console: Console, options: ConsoleOptions
    ) -> RenderResult:
        """Put as many into each line as there is room for."""
        line = Text()
        for phrase in self._phrases:
            if line and line.cell_len + self._gap + phrase.cell_len > options.max_width:
                yield line
                line = Text()
            line = Text(" " * self._gap).join([line, phrase]) if line else phrase.copy()
        yield line


class Prose:
    """Text from anywhere, made safe; wrapped lines keep their indentation."""

    def __init__(self, text: str, style: str = "") -> None:
        self._text, self._style = text, style

    def __rich_console__(
        self, console: Console, options: ConsoleOptions
    ) -> RenderResult:
        """Pick out `code`, and which value was got and which expected."""
        for line in cut(self._text, lines=24, width=400).split("\n"):
            text = Text(line, self._style)
            text.highlight_regex(r"`[^`]+`", "bold")
            text.highlight_regex(r"^got\b|\bgot(?=:$)", "red")
            text.highlight_regex(r"^expected\b|, expected\b", "green")
            text.highlight_regex(r"^ +>", "bold red")
            yield from _hanging(text, console, options.max_width)


class Commands:
    """What to type next, each with what it does if there is room."""

    def __init__(self, pairs: Sequence[tuple[str, str]]) -> None:
        self._pairs = pairs

    def __rich_console__(
        self, console: Console, options: ConsoleOptions
    ) -> RenderResult:
        """Two columns, or only the commands."""
        pad = max(len(command) for command, _ in self._pairs) + 2
        explained = pad + max(len(w) for _, w in self._pairs) <= options.max_width
        for command, what in self._pairs:
            text = Text(overflow="fold").append(command, "cyan")
            if explained:
                text.append(f"{'':{pad - len(command)}}{what}", "dim")
            yield text


class Chart:
    """A timeline as wide as the screen; what is frozen or pending stands out."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self._rows = rows

    def __rich_console__(
        self, console: Console, options: ConsoleOptions
    ) -> RenderResult:
        """Draw the timeline."""
        yield coloured(chart(self._rows, options.max_width))


def coloured(lines: Sequence[str]) -> Text:
    """A chart in colours: what is frozen, pending or went wrong stands out."""
    text = Text("\n".join(lines), no_wrap=True, overflow="crop")
    text.highlight_regex("▓+", "bold red")
    text.highlight_regex("━+", "cyan")
    text.highlight_regex("─+|╌+", "dim")
    text.highlight_regex(r"\b(pending|error|cancelled)$", "yellow")
    return text


def section(title: str, body: RenderableType) -> Iterator[RenderableType]:
    """A titled block."""
    yield Text()
    yield Text(title, "dim")
    yield Padding(body, (0, 0, 0, 2), expand=False)


def _hanging(text: Text, console: Console, width: int) -> Iterator[Text]:
    match = _INDENT.match(text.plain)
    indent = min(match.end() if match else 0, max(width - _NARROWEST, 0))
    lines = text[indent:].wrap(console, max(width - indent, 1), overflow="fold")
    for number, line in enumerate(lines or [Text()]):
        yield (Text(" " * indent) if number else text[:indent]) + line
