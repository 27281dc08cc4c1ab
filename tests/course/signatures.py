"""What a module offers: its public functions and classes, compared with another's."""

import ast
from collections.abc import Iterator

Function = ast.FunctionDef | ast.AsyncFunctionDef
Definitions = dict[str, Function | ast.ClassDef]


def differences(stub: ast.Module, solution: ast.Module) -> Iterator[str]:
    """Where the solution does not define what the stub does.

    Kind, names and parameters must be the same; annotations where both have them.
    """
    yield from _compare(_definitions(stub), _definitions(solution), "")


def public_names(tree: ast.Module) -> set[str]:
    """Everything that a module defines, constants included."""
    names = set(_definitions(tree))
    for node in tree.body:
        targets = node.targets if isinstance(node, ast.Assign) else []
        if isinstance(node, ast.AnnAssign):
            targets = [node.target]
        names |= {target.id for target in targets if isinstance(target, ast.Name)}
    return names


def imported_names(tests: ast.Module, module: str) -> set[str]:
    """What `tests` import from `module` by name."""
    return {
        alias.name
        for node in ast.walk(tests)
        if isinstance(node, ast.ImportFrom) and node.module == module
        for alias in node.names
    }


def _definitions(tree: ast.Module | ast.ClassDef) -> Definitions:
    return {
        node.name: node
        for node in tree.body
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
        and (not node.name.startswith("_") or node.name.endswith("__"))
    }


def _compare(stub: Definitions, solution: Definitions, prefix: str) -> Iterator[str]:
    for name, mine in stub.items():
        full, theirs = prefix + name, solution.get(name)
        if theirs is None:
            yield f"only the stub has `{full}`"
        elif type(mine) is not type(theirs):
            yield f"`{full}` is {_kind(mine)} here and {_kind(theirs)} there"
        elif isinstance(mine, ast.ClassDef) and isinstance(theirs, ast.ClassDef):
            members = _definitions(mine), _definitions(theirs)
            yield from _compare(*members, f"{full}.")
        elif isinstance(mine, Function) and isinstance(theirs, Function):
            yield from _compare_functions(mine, theirs, full)


def _compare_functions(stub: Function, solution: Function, name: str) -> Iterator[str]:
    mine, theirs = _parameters(stub), _parameters(solution)
    if mine != theirs:
        yield f"`{name}({mine})` here and `{name}({theirs})` there"
    ours, others = _annotations(stub), _annotations(solution)
    for parameter in sorted(ours.keys() & others.keys()):
        if ours[parameter] != others[parameter]:
            yield (
                f"`{parameter}` of `{name}` is `{ours[parameter]}` here and "
                f"`{others[parameter]}` there"
            )


def _parameters(function: Function) -> str:
    """The parameters as they are written, without their annotations."""
    bare = ast.parse(f"def f({ast.unparse(function.args)}): ...").body[0]
    assert isinstance(bare, ast.FunctionDef)
    for argument in ast.walk(bare.args):
        if isinstance(argument, ast.arg):
            argument.annotation = None
    return ast.unparse(bare.args)


def _annotations(function: Function) -> dict[str, str]:
    found = {
        node.arg: ast.unparse(node.annotation)
        for node in ast.walk(function.args)
        if isinstance(node, ast.arg) and node.annotation is not None
    }
    if function.returns is not None:
        found["the result"] = ast.unparse(function.returns)
    return found


def _kind(node: Function | ast.ClassDef) -> str:
    kinds = {ast.FunctionDef: "a function", ast.AsyncFunctionDef: "an async function"}
    return kinds.get(type(node), "a class")
