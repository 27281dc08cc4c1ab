"""Whatever a test raised, in words for the learner and with lines of theirs."""

import asyncio
import types
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.harness.comparisons import compare, show
from grader.harness.errors import Leak
from grader.harness.failures import Description, describe
from grader.verdict import Line


@pytest.fixture
def learner(tmp_path: Path) -> Callable[[str], Any]:
    """Makes a module of the learner's from its source."""

    def make(source: str) -> types.ModuleType:
        path = tmp_path / "answer.py"
        path.write_text(source)
        module = types.ModuleType("answer")
        exec(compile(source, str(path), "exec"), module.__dict__)
        return module

    return make


def _described(action: Callable[[], object]) -> Description:
    try:
        action()
    except BaseException as error:
        return describe(error)
    raise RuntimeError("nothing was raised")


def _said(action: Callable[[], object]) -> str:
    return _described(action).message


def _lines(description: Description) -> list[tuple[int, str, str]]:
    return [(line.line, line.source, line.function) for line in description.where]


def test_what_is_not_written_yet_is_todo(learner: Callable[[str], Any]) -> None:
    answer = learner(
        "class Door:\n    def open(self):\n        raise NotImplementedError\n"
    )
    said = _described(answer.Door().open)

    assert (said.status, said.message) == ("todo", "`Door.open` is not written yet.")
    assert _lines(said) == [(3, "raise NotImplementedError", "Door.open")]


def test_not_implemented_by_a_library_is_a_failure() -> None:
    transport = asyncio.BaseTransport()

    assert _described(transport.close).status == "failed"


def test_all_of_a_group_not_written_is_todo(learner: Callable[[str], Any]) -> None:
    answer = learner("async def greet():\n    raise NotImplementedError('greet')\n")

    async def main() -> None:
        async with asyncio.TaskGroup() as group:
            group.create_task(answer.greet())
            group.create_task(answer.greet())

    assert _described(lambda: asyncio.run(main())).status == "todo"


def test_an_exception_of_the_learners_comes_with_its_lines(
    learner: Callable[[str], Any],
) -> None:
    answer = learner("def f():\n    g()\n\ndef g():\n    int('x')\n")
    said = _described(answer.f)

    assert said.message == "ValueError: invalid literal for int() with base 10: 'x'"
    assert _lines(said) == [(2, "g()", "f"), (5, "int('x')", "g")]


def test_frames_of_the_test_are_never_shown() -> None:
    def action() -> None:
        raise KeyError("of the test")

    assert _described(action).where == ()


def test_the_leaves_of_a_group_are_named(learner: Callable[[str], Any]) -> None:
    source = "def f(kind):\n    raise kind('no')\n"
    answer = learner(source)

    def action() -> None:
        errors = []
        for kind in (ValueError, OSError):
            try:
                answer.f(kind)
            except Exception as error:
                errors.append(error)
        raise ExceptionGroup("two", [errors[0], ExceptionGroup("one", errors[1:])])

    assert _said(action) == "2 errors at once: ValueError: no; OSError: no"


def test_the_labs_own_words_stay_as_they_are() -> None:
    line = Line("exercises/x.py", 3, "source")

    def action() -> None:
        raise Leak("A task is still running.", (line,))

    assert _described(action) == Description(
        "failed", "A task is still running.", (line,)
    )


def test_the_usual_ends_have_a_sentence(learner: Callable[[str], Any]) -> None:
    answer = learner("import sys\ndef f(): f()\ndef leave(): sys.exit(2)\n")

    assert "called itself" in _said(answer.f)
    assert _said(answer.leave) == "The answer ended the program: `sys.exit(2)`."


def test_a_recursion_is_not_shown_a_thousand_times(
    learner: Callable[[str], Any],
) -> None:
    answer = learner("def f():\n    f()\n")

    assert _lines(_described(answer.f)) == [(2, "f()", "f")]


def test_an_error_without_words_is_named() -> None:
    class MuteError(Exception):
        def __str__(self) -> str:
            raise RuntimeError

    def action() -> None:
        raise MuteError

    assert _said(action) == "MuteError: (its text cannot be shown: RuntimeError)"


def test_who_forgets_async_is_told_so() -> None:
    def greet() -> Any:
        return "hello"

    async def main() -> None:
        await greet()

    assert "is `async` missing before `def`?" in _said(lambda: asyncio.run(main()))


def test_what_was_to_be_raised_is_named() -> None:
    def action() -> None:
        with pytest.raises(asyncio.CancelledError):
            pass

    assert _said(action) == "expected CancelledError to be raised, but nothing was"


def test_got_and_expected() -> None:
    def action(value: int = 1) -> None:
        assert value == 2

    assert _said(action) == "got 1, expected 2"


def test_the_assertions_own_message_comes_first() -> None:
    def action(value: int = 1) -> None:
        assert value == 2, "the second\nof two lines assert nothing"

    said = _said(action)
    assert said.startswith("the second\n")
    assert said.endswith("got 1, expected 2")


def test_a_call_within_an_assertion_leaves_no_noise() -> None:
    def action() -> None:
        assert len([1]) == 2

    assert _said(action) == "got 1, expected 2"


def test_a_bare_condition_is_quoted() -> None:
    def action(done: bool = False) -> None:
        assert done

    def negated(done: bool = True) -> None:
        assert not done

    assert _said(action) == "`done` should be true, but it is false."
    assert _said(negated) == "`done` should be false, but it is true."


def test_hypothesis_tells_its_smallest_example() -> None:
    @given(number=st.integers(0, 100))
    @settings(database=None, deadline=None, derandomize=True)
    def action(number: int) -> None:
        assert number < 7

    assert _said(action) == "got 7, expected a value < 7\nwith number=7"


def test_other_comparisons() -> None:
    assert compare("in", 1, [2]) == ["expected 1 in [2]"]
    assert compare("not in", 1, [1]) == ["did not expect 1 in [1]"]
    assert compare("is", 1, None) == ["got 1, expected None"]
    assert compare("!=", 1, 1) == ["got 1, expected something else"]
    assert compare(">=", 1, 2) == ["got 1, expected a value >= 2"]


def test_logs_are_shown_item_by_item_with_the_first_difference() -> None:
    got: list[tuple[int, str]] = [(0, "asked"), (1, "late")]
    expected = [(0, "asked"), (1, "cancelled"), (2, "done")]

    assert compare("==", got, expected) == [
        "got:",
        "    (0, 'asked')",
        "  > (1, 'late')",
        "expected:",
        "    (0, 'asked')",
        "  > (1, 'cancelled')",
        "    (2, 'done')",
    ]


def test_what_is_missing_at_the_end_is_marked() -> None:
    lines = compare("==", [(0, "a")], [(0, "a"), (1, "b")])

    assert lines[2] == "  > (nothing)"
    assert lines[-1] == "  > (1, 'b')"


def test_long_lists_are_cut_around_the_first_difference() -> None:
    lines = compare("==", list(range(100)), [*range(50), -1, *range(51, 100)])

    assert lines[:3] == ["got:", "    … 47 before", "    47"]
    assert lines[5] == "  > 50"
    assert "    … 41 more" in lines


def test_dicts_are_compared_by_key_and_sets_by_element() -> None:
    long = "x" * 40
    by_key = compare("==", {"a": 1, "b": long}, {"b": long, "a": 2})
    by_element = compare("==", {1, long}, {2, long})

    assert "  > 'a': 1" in by_key
    assert "  > 'a': 2" in by_key
    assert by_element[1] in ("  > 1", "    " + repr(long))


def test_values_are_shown_short_and_the_same_in_every_run() -> None:
    class RudeError:
        def __repr__(self) -> str:
            raise ValueError

    assert show(object()) == "<object object>"
    assert len(show("x" * 10_000_000)) < 500
    assert show(RudeError()) == "<RudeError whose repr() raises ValueError>"
