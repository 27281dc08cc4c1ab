"""What the course's own files say: texts, titles, rules. They may be missing or odd."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Rule:
    """What one test demands: its name, and its docstring as one line."""

    name: str
    text: str


def read(path: Path) -> str:
    """The text of a file, or nothing if it cannot be read."""
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""


def title(path: Path) -> str:
    """The first line of a module's docstring, without its full stop."""
    docstring = ast.get_docstring(_parse(path)) or ""
    return docstring.strip().partition("\n")[0].strip().removesuffix(".")


def rules(path: Path) -> tuple[Rule, ...]:
    """The rules of a test file, in its order."""
    return tuple(_rule(function) for function in _test_functions(_parse(path)))


def _parse(path: Path) -> ast.Module:
    try:
        return ast.parse(read(path))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return ast.Module(body=[], type_ignores=[])


def _test_functions(
    tree: ast.Module | ast.ClassDef,
) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            if node.name.startswith("test"):
                yield node
        elif isinstance(node, ast.ClassDef) and node.name.startswith("Test"):
            yield from _test_functions(node)


def _rule(function: ast.FunctionDef | ast.AsyncFunctionDef) -> Rule:
    paragraph = (ast.get_docstring(function) or "").strip().partition("\n\n")[0]
    words = function.name.removeprefix("test_").replace("_", " ").capitalize() + "."
    return Rule(function.name, " ".join(paragraph.split()) or words)
