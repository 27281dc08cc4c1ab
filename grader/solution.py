"""The reference answer to read: why it is so, its code, and what differs in yours."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from difflib import unified_diff
from pathlib import Path

from rich.console import Group, RenderableType
from rich.syntax import Syntax
from rich.text import Text

from grader import sources
from grader.course import Exercise
from grader.layout import Prose, section
from grader.places import clickable
from grader.words import cut, safe_line

_MOST_LINES = 200  # of a difference: more is no longer a comparison


def reference(exercise: Exercise) -> Path:
    """The file of the reference answer."""
    return exercise.root / "solutions" / exercise.chapter / f"{exercise.slug}.py"


def solution(exercise: Exercise, answer: Path, shown: str) -> RenderableType:
    """All there is to say about the reference, compared with the file `answer`."""
    path = reference(exercise)
    words, code = _parts(sources.read(path))
    parts: list[RenderableType] = [
        Text(f"{exercise.id}  {safe_line(exercise.title)}", "bold"),
        clickable(path.relative_to(exercise.root).as_posix(), path),
    ]
    if words:
        parts += section("Why", Group(*_paragraphs(words)))
    parts += section("The reference", _python(code))
    if answer.is_file():
        parts += section(f"From {shown} to the reference", _difference(answer, code))
    return Group(*parts)


def _parts(source: str) -> tuple[str, str]:
    """The docstring without its title, and the code below it."""
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return "", source
    docstring = ast.get_docstring(tree)
    if docstring is None:
        return "", source
    below = source.splitlines()[tree.body[0].end_lineno :]
    return docstring.partition("\n")[2].strip(), "\n".join(below).strip("\n") + "\n"


def _paragraphs(text: str) -> Iterator[RenderableType]:
    """Each paragraph as wide as the screen; what is indented stays as it is."""
    for number, block in enumerate(text.split("\n\n")):
        if number:
            yield Text()
        yield Prose(block if block.startswith(" ") else " ".join(block.split()))


def _python(code: str) -> Syntax:
    return Syntax(
        code.rstrip(),
        "python",
        theme="ansi_dark",
        background_color="default",
        word_wrap=True,
    )


def _difference(answer: Path, code: str) -> Text:
    """What differs below the docstrings: both explain themselves, in other words."""
    mine = cut(_parts(sources.read(answer))[1], lines=_MOST_LINES, width=200)
    lines = unified_diff(mine.splitlines(), code.splitlines(), n=2, lineterm="")
    shown = Text(overflow="fold")
    for line in list(lines)[2:]:  # without the names of the files
        style = {"+": "green", "-": "red", "@": "dim"}.get(line[:1], "")
        shown.append(("…" if line.startswith("@@") else line) + "\n", style)
    shown.rstrip()
    return shown if shown else Text("Nothing: they are the same.", "dim")
