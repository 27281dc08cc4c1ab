"""Rewrites an answer as another learner would have written it, and breaks right ones.

Behaviour stays the same: `rewritten()` renames what only the answer knows, adds
docstrings, turns the order of functions and of independent assignments round, and
gives every result a name before it is returned. `broken()` adds one defect that has
nothing to do with any typical mistake.
"""

import ast
import builtins
import re
from collections.abc import Iterator, Sequence

from grader.signatures import names

Function = ast.FunctionDef | ast.AsyncFunctionDef

DEFECTS = {
    "raises": "raise ValueError('out of ink')",
    "has a typo": "undefined_nmae",
    "returns nothing": "return None",
    "returns a number": "return 4711",
    "is late": "await __import__('asyncio').sleep(7)",
}


def rewritten(text: str, tests: str) -> str:
    """`text` in other words; `tests` tell which names must stay."""
    tree = ast.parse(text)
    kept = {*re.findall(r"\w+", tests), *dir(builtins)}
    tree = _Renamed(names(text) - kept).visit(tree)
    tree = _Reworded().visit(tree)
    tree.body = _functions_turned_round(tree.body)
    again = ast.unparse(ast.fix_missing_locations(tree))
    return f"# My own answer.\n\n\n{again}\n"


def broken(text: str, tests: str) -> Iterator[tuple[str, str]]:
    """The text with each defect at the start of each function that the tests know."""
    known = set(re.findall(r"\w+", tests))
    for defect, statement in DEFECTS.items():
        for place, name in enumerate(_public(ast.parse(text), known)):
            tree = ast.parse(text)
            function = list(_functions(tree, known))[place]
            if "await" not in statement or isinstance(function, ast.AsyncFunctionDef):
                start = 1 if ast.get_docstring(function) else 0
                function.body[start:start] = ast.parse(statement).body
                yield f"{name} {defect}", ast.unparse(tree)


def _public(tree: ast.Module, known: set[str]) -> list[str]:
    return [function.name for function in _functions(tree, known)]


def _functions(tree: ast.Module | ast.ClassDef, known: set[str]) -> Iterator[Function]:
    """What the tests can call: functions and methods, but none inside of another."""
    for node in tree.body:
        if isinstance(node, ast.ClassDef):
            yield from _functions(node, known)
        elif isinstance(node, Function) and node.name in known:
            yield node


class _Renamed(ast.NodeTransformer):
    """Gives names of the answer's own another name, wherever they stand."""

    def __init__(self, own: set[str]) -> None:
        self._own = own

    def _new(self, name: str) -> str:
        if name not in self._own or name.startswith("__"):
            return name
        return f"_my{name}" if name.startswith("_") else f"my_{name}"

    def generic_visit(self, node: ast.AST) -> ast.AST:
        super().generic_visit(node)
        for field in ("id", "arg"):
            if isinstance(value := getattr(node, field, None), str):
                setattr(node, field, self._new(value))
        if isinstance(node, Function | ast.ClassDef):
            node.name = self._new(node.name)
        elif isinstance(node, ast.Attribute) and node.attr.startswith("_"):
            node.attr = self._new(node.attr)
        elif isinstance(node, ast.Nonlocal | ast.Global):
            node.names = list(map(self._new, node.names))
        return node


class _Reworded(ast.NodeTransformer):
    """Docstrings, `outcome = x; return outcome`, and assignments in another order."""

    def generic_visit(self, node: ast.AST) -> ast.AST:
        super().generic_visit(node)
        for field in ("body", "orelse", "finalbody"):
            if isinstance(body := getattr(node, field, None), list):
                setattr(node, field, _swapped(list(_named_results(body))))
        if isinstance(node, Function) and not ast.get_docstring(node):
            node.body.insert(0, ast.Expr(ast.Constant("Do what is asked.")))
        return node


def _named_results(body: Sequence[ast.stmt]) -> Iterator[ast.stmt]:
    for statement in body:
        if isinstance(statement, ast.Return) and statement.value is not None:
            target = ast.Name("the_outcome", ast.Store())
            yield ast.Assign([target], statement.value)
            statement.value = ast.Name("the_outcome", ast.Load())
        yield statement


def _swapped(body: list[ast.stmt]) -> list[ast.stmt]:
    """Neighbouring assignments change places if neither can notice."""
    place = 0
    while place + 1 < len(body):
        first, second = body[place : place + 2]
        if _is_plain(first) and _is_plain(second) and not _shared(first, second):
            body[place : place + 2] = [second, first]
            place += 1
        place += 1
    return body


def _is_plain(statement: ast.stmt) -> bool:
    """An assignment of a literal or of a new object of some class."""
    if not isinstance(statement, ast.Assign):
        return False
    if not all(isinstance(target, ast.Name) for target in statement.targets):
        return False
    nodes = list(ast.walk(statement.value))
    calls = [n.func for n in nodes if isinstance(n, ast.Call)]
    classes = [ast.unparse(call).rpartition(".")[2][:1].isupper() for call in calls]
    return all(classes) and not any(isinstance(n, ast.Await) for n in nodes)


def _shared(first: ast.stmt, second: ast.stmt) -> set[str]:
    one, other = (
        {node.id for node in ast.walk(s) if isinstance(node, ast.Name)}
        for s in (first, second)
    )
    return (one & other) - {"asyncio", "threading", "contextvars"}


def _functions_turned_round(body: Sequence[ast.stmt]) -> list[ast.stmt]:
    functions = [node for node in body if isinstance(node, Function)]
    rest = iter(reversed(functions))
    return [next(rest) if isinstance(node, Function) else node for node in body]
