"""`assert got == expected` in a learner's words: what came, what should have come."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Any

_ONE_LINE = 68
_LONGEST = 400
_MOST_ITEMS = 12
_BEFORE = 3  # items shown ahead of the first difference when not all are
_ADDRESS = re.compile(r" at 0x[0-9a-fA-F]+")
_NOTHING = "(nothing)"

_SENTENCES: dict[str, str] = {
    "is": "got {left}, expected {right}",
    "is not": "got {left}, expected something else",
    "!=": "got {left}, expected something else",
    "in": "expected {left} in {right}",
    "not in": "did not expect {left} in {right}",
}


def pytest_assertrepr_compare(op: str, left: object, right: object) -> list[str]:
    """A pytest hook: the plugin imports it. `left` is what came of the answer."""
    summary = f"{show(left, 40)} {op} {show(right, 40)}"
    return [summary, *compare(op, left, right)]


def compare(op: str, left: object, right: object) -> list[str]:
    """The lines that say what came and what was expected."""
    if op == "==":
        return _equal(left, right)
    pattern = _SENTENCES.get(op, "got {left}, expected a value " + op + " {right}")
    return [pattern.format(left=show(left), right=show(right))]


def show(value: object, longest: int = _LONGEST) -> str:
    """`repr()` that never fails, never is long and is the same in every run."""
    try:
        text = repr(value)
    except Exception as error:
        text = f"<{type(value).__name__} whose repr() raises {type(error).__name__}>"
    text = _ADDRESS.sub("", text)
    if len(text) <= longest:
        return text
    half = longest // 2
    return f"{text[:half]} … {text[-half:]}"


def _equal(left: Any, right: Any) -> list[str]:
    got, expected = show(left), show(right)
    by_item = _itemised(left, right)
    if by_item is None or (
        len(got) + len(expected) < _ONE_LINE and not _is_log(left, right)
    ):
        return _plain(got, expected)
    return _side_by_side(*by_item)


def _plain(got: str, expected: str) -> list[str]:
    if len(got) + len(expected) < _ONE_LINE:
        return [f"got {got}, expected {expected}"]
    return [f"got      {got}", f"expected {expected}"]


def _is_log(left: object, right: object) -> bool:
    """Lists of tuples, in which a test notes who did what and when."""
    return all(
        isinstance(value, list) and any(isinstance(item, tuple) for item in value)
        for value in (left, right)
    )


def _itemised(left: Any, right: Any) -> tuple[list[str], list[str]] | None:
    """Both values as lists of lines, or None if they are not of one kind."""
    for kind, items in _KINDS:
        if isinstance(left, kind) and isinstance(right, kind):
            return items(left, right)
    return None


def _sequences(left: Any, right: Any) -> tuple[list[str], list[str]]:
    item = functools.partial(show, longest=100)
    return list(map(item, left)), list(map(item, right))


def _mappings(left: Any, right: Any) -> tuple[list[str], list[str]]:
    # In one order, so that only what differs is marked as different.
    keys = [*right, *(key for key in left if key not in right)]

    def lines(value: Any) -> list[str]:
        return [
            f"{show(key, 40)}: {show(value[key], 60)}" if key in value else _NOTHING
            for key in keys
        ]

    return lines(left), lines(right)


def _sets(left: Any, right: Any) -> tuple[list[str], list[str]]:
    everything = sorted(show(item, 100) for item in left | right)
    got, expected = ({show(item, 100) for item in value} for value in (left, right))
    return (
        [item if item in got else _NOTHING for item in everything],
        [item if item in expected else _NOTHING for item in everything],
    )


def _lines(left: Any, right: Any) -> tuple[list[str], list[str]] | None:
    if "\n" not in left + right:
        return None
    return left.splitlines(keepends=False), right.splitlines(keepends=False)


_Items = Callable[[Any, Any], tuple[list[str], list[str]] | None]
_KINDS: tuple[tuple[type, _Items], ...] = (
    (str, _lines),
    (bytes, lambda left, right: None),
    (Mapping, _mappings),
    (AbstractSet, _sets),
    (Sequence, _sequences),
)


def _side_by_side(got: list[str], expected: list[str]) -> list[str]:
    longer = max(len(got), len(expected))
    pairs = zip(_padded(got, longer), _padded(expected, longer), strict=True)
    first = next((i for i, (a, b) in enumerate(pairs) if a != b), 0)
    return [
        "got:",
        *_window(got, first),
        "expected:",
        *_window(expected, first),
    ]


def _padded(items: list[str], length: int) -> list[str]:
    return items + [_NOTHING] * (length - len(items))


def _window(items: list[str], first: int) -> list[str]:
    """The items around number `first`, which is marked."""
    items = _padded(items, first + 1)
    start = max(0, first - _BEFORE) if len(items) > _MOST_ITEMS else 0
    shown = items[start : start + _MOST_ITEMS]
    lines = [
        f"{'  > ' if index == first else '    '}{item}"
        for index, item in enumerate(shown, start)
    ]
    if start:
        lines.insert(0, f"    … {start} before")
    if left := len(items) - start - len(shown):
        lines.append(f"    … {left} more")
    return lines
