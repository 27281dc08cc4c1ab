"""Lessons, hints and code as HTML. No HTML that stands in the texts passes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup, escape
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonConsoleLexer, PythonLexer

from grader.words import cut, safe

_PREFIX = "t-"  # of the classes that colour code
_FENCES = {"python": PythonLexer, "pycon": PythonConsoleLexer}


def lesson(text: str) -> Markup:
    """Markdown as HTML; headings go below those of the page."""
    return Markup(_markdown().render(safe(text)))


def code(source: str) -> Markup:
    """Python with its words coloured."""
    return _coloured(safe(source), "python")


def said(text: str) -> Markup:
    """Plain text from anywhere; what stands in backticks is code."""
    parts = re.split(r"`([^`\n]+)`", cut(text, lines=24, width=400))
    marked = [
        Markup("<code>{}</code>").format(part) if number % 2 else escape(part)
        for number, part in enumerate(parts)
    ]
    return Markup("").join(marked)


def _coloured(source: str, language: str) -> Markup:
    lexer = _FENCES.get(language)
    if lexer is None:
        return escape(source)
    formatter: HtmlFormatter[str] = HtmlFormatter(nowrap=True, classprefix=_PREFIX)
    return Markup(highlight(source, lexer(stripnl=False), formatter).rstrip("\n"))


@cache
def _markdown() -> MarkdownIt:
    markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
    for name, rule in [
        ("fence", _fence),
        ("heading_open", _heading),
        ("heading_close", _heading),
        ("link_open", _link),
        ("image", _image),
    ]:
        markdown.add_render_rule(name, rule)
    return markdown


def _fence(
    self: Any, tokens: Sequence[Token], index: int, options: object, env: object
) -> str:
    """A code block that can be scrolled by keyboard; output looks unlike code."""
    token = tokens[index]
    language = token.info.split()[0] if token.info.split() else ""
    kind = "code" if language in _FENCES else "output" if language else "drawing"
    block = '<pre class="{}" tabindex="0"><code>{}</code></pre>\n'
    return str(Markup(block).format(kind, _coloured(token.content, language)))


def _heading(
    self: Any, tokens: Sequence[Token], index: int, options: object, env: object
) -> str:
    token = tokens[index]
    level = min(int(token.tag[1]) + 1, 6)
    return f"<{'/' if token.nesting < 0 else ''}h{level}>"


def _link(
    self: Any, tokens: Sequence[Token], index: int, options: object, env: object
) -> str:
    """Links lead to the web; paths of the repository lead nowhere from a page."""
    href = str(tokens[index].attrGet("href") or "")
    if not re.match(r"https?://", href):
        return "<a>"
    return str(Markup('<a href="{}" rel="noopener noreferrer">').format(href))


def _image(
    self: Any, tokens: Sequence[Token], index: int, options: object, env: object
) -> str:
    """Nothing is loaded from anywhere: the description stands for the picture."""
    return str(escape(tokens[index].content))
