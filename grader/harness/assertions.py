"""A failed `assert` of a test in words: from pytest's text, or else from its source."""

from __future__ import annotations

import ast
import functools
import re
from pathlib import Path

from grader.harness.frames import traced

_COMPARED = re.compile(r"\s*(got|expected|did not expect)\b")
_ASSERT = re.compile(r"^assert ", re.MULTILINE)


def assertion(text: str, error: AssertionError) -> str:
    """The assertion's own message, then got and expected."""
    own, *explained = _ASSERT.split(text, maxsplit=1)
    if not explained:
        return own or _asserted(error)
    lines = explained[0].splitlines()[1:]
    start = next(
        (i for i, line in enumerate(lines) if _COMPARED.match(line)), len(lines)
    )
    compared = [ln.removeprefix("  ") for ln in lines[start:] if ln[:3] != " + "]
    words = [*(line.removeprefix("  ") for line in own.splitlines()), *compared]
    if not any(words):
        words = [_asserted(error)]
    return "\n".join(filter(None, words))


def _asserted(error: AssertionError) -> str:
    """`assert not x` in words: what should be true or false."""
    frames = list(traced(error.__traceback__))
    if frames:
        frame, number = frames[-1]
        for node in _assertions(frame.f_code.co_filename):
            if node.lineno <= number <= (node.end_lineno or node.lineno):
                return _should_be(node.test)
    return "A check of the test does not hold."


def _should_be(test: ast.expr) -> str:
    if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        return f"`{ast.unparse(test.operand)}` should be false, but it is true."
    return f"`{ast.unparse(test)}` should be true, but it is false."


@functools.cache
def _assertions(filename: str) -> list[ast.Assert]:
    try:
        tree = ast.parse(Path(filename).read_text(encoding="utf-8"))
    except (OSError, ValueError, SyntaxError):
        return []
    return [node for node in ast.walk(tree) if isinstance(node, ast.Assert)]
