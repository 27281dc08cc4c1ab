"""The wrong and the right answers that prove an exercise's tests."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from grader.course import Course, Exercise

_LEADING = re.compile(r'\A\s*[rR]?"""(.*?)"""', re.DOTALL)
_FAILS = re.compile(r"^Fails: (.+)$", re.MULTILINE)


@dataclass(frozen=True)
class Answer:
    """A wrong or right answer, and what its docstring says of it."""

    path: str  # relative to the course
    name: str  # the first line
    advice: str  # the second paragraph
    fails: tuple[str, ...]  # the tests that catch it


def answers(course: Course, exercise: Exercise, kind: str) -> list[Answer]:
    """The `wrong` or the `right` answers to an exercise."""
    folder = course.root / "tests" / exercise.chapter / kind / exercise.slug
    return [_answer(course.root, path) for path in sorted(folder.glob("*.py"))]


def docstring(text: str) -> str:
    """The module's docstring, also if the file is no Python."""
    try:
        return (ast.get_docstring(ast.parse(text)) or "").strip()
    except (SyntaxError, ValueError):
        match = _LEADING.match(text)
        return match[1].strip() if match else ""


def names_of_tests(path: Path, *, with_docstring: bool = True) -> list[str]:
    """The tests in a file; if not `with_docstring`, only those without."""
    return [
        node.name
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.name.startswith("test_")
        and (with_docstring or not ast.get_docstring(node))
    ]


def exempt_from(path: Path) -> set[str]:
    """The loop modes that the tests in a file are not meant for."""
    words = re.findall(
        r"^Not under: (.+)$", docstring(path.read_text(encoding="utf-8")), re.MULTILINE
    )
    names = {name for line in words for name in re.split(r"[,\s]+", line)}
    return {name.removesuffix("_task_factory") for name in names}


def _answer(root: Path, path: Path) -> Answer:
    text = docstring(path.read_text(encoding="utf-8"))
    fails = tuple(_fails(text))
    paragraphs = [p.strip() for p in _FAILS.sub("", text).split("\n\n") if p.strip()]
    name, advice = [*paragraphs, "", ""][:2]
    one_line = " ".join(advice.split())
    return Answer(path.relative_to(root).as_posix(), name, one_line, fails)


def _fails(text: str) -> Iterator[str]:
    for names in _FAILS.findall(text):
        yield from re.split(r"[,\s]+", names.strip())
