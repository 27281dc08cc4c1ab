"""Imports point one way, and modules stay small: read from the source, not believed."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import grader

ROOT = Path(grader.__file__).parent
MODULES = sorted(path.relative_to(ROOT).as_posix() for path in ROOT.rglob("*.py"))
PARENT = [name for name in MODULES if not name.startswith("harness/")]
HARNESS = [name for name in MODULES if name.startswith("harness/")]


def imports(name: str) -> Iterator[str]:
    """Every module that is imported anywhere in a file, but not only for types."""
    tree = ast.parse((ROOT / name).read_text(encoding="utf-8"))
    for_types = {
        node
        for block in ast.walk(tree)
        if isinstance(block, ast.If) and "TYPE_CHECKING" in ast.unparse(block.test)
        for node in ast.walk(block)
    }
    for node in ast.walk(tree):
        if node in for_types:
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name}: relative import"
            if node.module == "grader":
                yield from (f"grader.{alias.name}" for alias in node.names)
            else:
                yield node.module or ""


def short(path: str) -> str:
    """`formats/json_report.py` belongs to `formats`."""
    return path.partition("/")[0].removesuffix(".py")


def neighbours(module: str) -> set[str]:
    """The modules and subpackages of the parent that one of them imports."""
    files = [name for name in PARENT if short(name) == module]
    found = {m.split(".")[1] for f in files for m in imports(f) if m[:7] == "grader."}
    return found - {module}


def reachable(module: str) -> set[str]:
    """Everything that a module imports, directly or not."""
    seen: set[str] = set()
    waiting = [module]
    while waiting:
        new = neighbours(waiting.pop()) - seen
        seen |= new
        waiting += new
    return seen


@pytest.mark.parametrize("module", sorted({short(name) for name in PARENT}))
def test_imports_never_run_in_a_circle(module: str) -> None:
    assert module not in reachable(module)


_COURSE = {"errors", "markdown", "selection", "sources"}


@pytest.mark.parametrize(
    ("module", "allowed"),
    [
        ("verdict", set()),
        ("words", set()),
        ("course", _COURSE),
        ("results", {*_COURSE, "course", "stubs", "verdict", "words"}),
    ],
)
def test_the_innermost_modules_rest_on_little(module: str, allowed: set[str]) -> None:
    assert reachable(module) <= allowed


_OUTER = {"cli", "commands", "terminal"}


@pytest.mark.parametrize(
    ("module", "outer"),
    [
        ("runner", {*_OUTER, "judging", "report", "results", "formats", "progress"}),
        ("report", {*_OUTER, "judging", "runner", "formats", "progress"}),
        ("formats", {*_OUTER, "judging", "runner", "progress"}),
        ("judging", {*_OUTER, "report", "formats", "progress"}),
    ],
)
def test_imports_point_inwards(module: str, outer: set[str]) -> None:
    assert reachable(module) & outer == set()


def test_what_runs_answers_and_what_shows_verdicts_meet_only_in_commands() -> None:
    assert neighbours("__main__") == {"cli"}
    assert {"judging", "report", "formats"} <= neighbours("commands")


def test_a_command_is_imported_only_when_it_was_typed() -> None:
    users = [name for name in PARENT if short(name) != "commands"]

    assert [n for n in users if any("grader.commands" in m for m in imports(n))] == []


@pytest.mark.parametrize("name", PARENT)
def test_the_parent_never_loads_the_laboratory_or_pytest(name: str) -> None:
    heavy = ("grader.harness", "pytest", "_pytest", "pytest_asyncio", "hypothesis")

    assert [m for m in imports(name) if m.startswith(heavy)] == []


@pytest.mark.parametrize("name", HARNESS)
def test_the_harness_imports_only_verdicts_from_its_parent(name: str) -> None:
    ours = {module for module in imports(name) if module.startswith("grader")}

    outside = {module for module in ours if not module.startswith("grader.harness")}

    assert outside <= {"grader.verdict"}


@pytest.mark.parametrize("name", PARENT)
def test_only_the_command_line_and_its_terminal_print(name: str) -> None:
    tree = ast.parse((ROOT / name).read_text(encoding="utf-8"))
    calls = {ast.unparse(n.func) for n in ast.walk(tree) if isinstance(n, ast.Call)}

    printing = calls & {"print", "sys.stdout.write", "sys.stderr.write"}

    assert printing == set() or name in {"cli.py", "terminal.py"}


@pytest.mark.parametrize("name", PARENT)
def test_modules_are_small_enough_to_read_at_once(name: str) -> None:
    lines = len((ROOT / name).read_text(encoding="utf-8").splitlines())

    assert lines <= 200, f"grader/{name}: one concern per file"


@pytest.mark.parametrize("name", PARENT)
def test_functions_are_short(name: str) -> None:
    tree = ast.parse((ROOT / name).read_text(encoding="utf-8"))
    functions = [
        n
        for n in ast.walk(tree)
        if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)
    ]

    long = {f.name: (f.end_lineno or 0) - f.lineno + 1 for f in functions}

    assert {name: lines for name, lines in long.items() if lines > 30} == {}
