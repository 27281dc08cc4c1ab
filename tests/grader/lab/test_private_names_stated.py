"""Each private name of Python's that the lab uses is stated, and pinned by a test."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import grader.harness

HARNESS = Path(grader.harness.__file__).parent
PINS = Path(__file__).with_name("test_private_names.py")
PRIVATE = re.compile(r"\b_[a-zA-Z]\w*")
# Underscored, but documented or exported on purpose.
PUBLIC = {"_current_frames", "_exit", "_get_running_loop", "_getframe"}


def modules() -> dict[str, ast.Module]:
    return {path.stem: ast.parse(path.read_text()) for path in HARNESS.glob("*.py")}


def stated(tree: ast.Module) -> set[str]:
    """The private names in backquotes that a module's docstring says it uses."""
    text = ast.get_docstring(tree) or ""
    quoted = re.findall(r"`([^`]+)`", text) if "rivate" in text else []
    return {name for part in quoted for name in PRIVATE.findall(part)}


def pinned() -> set[tuple[str, str]]:
    """What the tests of the names speak of: their calls of `changed()`."""
    tree = ast.parse(PINS.read_text())
    calls = [
        [arg.value for arg in node.args if isinstance(arg, ast.Constant)]
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "changed"
    ]
    return {(call[0], call[1]) for call in calls if len(call) == 2}  # type: ignore[misc]


def foreign(tree: ast.Module) -> set[str]:
    """The private attributes that a module reads and does not define."""
    own: set[str] = set()
    used: set[str] = set()
    for node in ast.walk(tree):
        match node:
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                own.add(name)
            case ast.Name(id=name, ctx=ast.Store()):
                own.add(name)
            case ast.Attribute(value=ast.Name(id="self"), attr=name, ctx=ast.Store()):
                own.add(name)
            case ast.Attribute(attr=name):
                used.add(name)
            case ast.Call(
                func=ast.Name(id="getattr" | "hasattr"),
                args=[_, ast.Constant(value=str(name)), *_],
            ):
                used.add(name)
    return {name for name in used - own if PRIVATE.fullmatch(name)}


PARAMETRIZED = {
    *(("loops", f"_asyncgen_{when}_hook") for when in ("firstiter", "finalizer")),
    *(("network", f"_{what}_serving") for what in ("start", "stop")),
}


def test_what_is_stated_is_pinned() -> None:
    """Each private name that a docstring states has a test."""
    names = {
        (module, name) for module, tree in modules().items() for name in stated(tree)
    }
    assert names <= pinned() | PARAMETRIZED


def test_what_is_used_is_stated() -> None:
    """Each module says in its docstring which private names of others it uses."""
    missing = {
        f"grader/harness/{module}.py uses `{name}`: state it in its docstring"
        for module, tree in modules().items()
        for name in foreign(tree) - PUBLIC - stated(tree)
    }
    assert missing == set()
