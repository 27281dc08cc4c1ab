"""What an answer is written with: the calls in each of its functions. Pure.

Only for telling apart mistakes that fail alike, and for not claiming to see what is not
there. Names of the answer's own do not count: a helper may be called anything.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from grader.signatures import names

_OWN = "its own"
_Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Written:
    """The text of an answer and of its tests, which know the names that must stay."""

    text: str
    tests: str

    @cached_property
    def own(self) -> set[str]:
        """The names that only the answer knows."""
        return names(self.text) - _words(self.tests)

    @cached_property
    def calls(self) -> frozenset[tuple[str, str]]:
        """Pairs of a function and what is called or awaited in it, or that it loops."""
        try:
            tree = ast.parse(self.text)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return frozenset()
        return frozenset(_pairs(tree, "", self.own))

    def claims(self, name: str) -> set[str]:
        """What a mistake of this `name` must be written with, as this answer is."""
        called = {what.partition(" ")[2] for _, what in self.calls}
        return (called - names(self.text)) & _words(name)

    def bears_out(self, claims: set[str]) -> bool:
        """Whether it is written with all of that."""
        return claims <= _words(self.text)


def closest(found: Written, others: Sequence[Written]) -> int | None:
    """The only one that agrees in all that sets them apart, if there is one."""
    calls = [other.calls for other in others]
    apart = frozenset.union(*calls) - frozenset.intersection(*calls)
    alike = [i for i, own in enumerate(calls) if own & apart == found.calls & apart]
    return alike[0] if len(alike) == 1 else None


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text))


def _pairs(node: ast.AST, place: str, own: set[str]) -> Iterator[tuple[str, str]]:
    if isinstance(node, ast.Call):
        yield place, f"call {_name(node.func, own)}"
    elif isinstance(node, ast.Await) and isinstance(node.value, ast.Call):
        yield place, f"await {_name(node.value.func, own)}"
    elif isinstance(node, ast.For | ast.AsyncFor | ast.While | ast.comprehension):
        yield place, "loop"
    if isinstance(node, _Function | ast.ClassDef) and not place:
        place = _OWN if node.name in own else node.name
    for child in ast.iter_child_nodes(node):
        yield from _pairs(child, place, own)


def _name(callee: ast.expr, own: set[str]) -> str:
    """`asyncio.sleep` is named by its last part, in whatever way it was imported."""
    last = ""
    if isinstance(callee, ast.Attribute):
        last = callee.attr
    elif isinstance(callee, ast.Name):
        last = callee.id
    return _OWN if last in own or not last else last
