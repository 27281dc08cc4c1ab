"""What two answers with one mistake have in common, and when that is clear."""

import json

import pytest

from grader.fingerprints import Written, closest
from grader.matching import Known, clearest, is_slip
from grader.signatures import Failure, Signature, from_json, names, normal, signature
from grader.verdict import Mistake, TestVerdict, Verdict

OWN = {"_ended", "helper", "task"}
LEAK = "Task '{}', made at line {}, was still running at the end (it waits for {})."


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Syntax error in line 12: no", "Syntax error in line 7: no"),
        ("<Lock at 0x7f01 [locked]>", "<Lock at 0xabc [locked]>"),
        ("got <Task pending name='Task-3' coro=<a() …>>", "got <Task pending>"),
        ("Stuck.\n- the test waits\n    a/b.py:3  await x", "Stuck.\n- the test waits"),
        ("`_ended()` was never awaited", "`task()` was never awaited"),
        ("<coroutine object helper>", "<coroutine object _ended>"),
        (
            "Exception in callback Box.helper(): no",
            "Exception in callback Box.task(): no",
        ),
        (LEAK.format("helper-2", 3, "x"), LEAK.format("_ended", 14, "x")),
        ("Task 'b' failed\n\nTask 'a' failed", "Task 'a' failed\n\nTask 'b-2' failed"),
        ("Task 'a' failed\nTask 'a-2' failed", "Task 'a' failed"),
        ("got {'b', 'a'}, expected {'a'}", "got {'a', 'b'}, expected {'a'}"),
        ("got [2], expected [1]\nwith n=2", "got [3, 2], expected [1]\nwith n=[3]"),
        (
            "1 errors at once: AssertionError: assert 3 == 1\n  got 3, …\nwith n=3",
            "got 2, expected 1\nwith n=2",
        ),
        ("odd\ngot 2\nwith n=2\n\n`x()` hangs", "odd\ngot 3\nwith n=3\n\n`x()` hangs"),
    ],
)
def test_what_does_not_matter_is_taken_out(one: str, other: str) -> None:
    assert normal(one, OWN) == normal(other, OWN)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("got 1, expected 2", "got 0, expected 2"),
        ("got 'helper-1', expected 2", "got 'helper-2', expected 2"),
        ("got {'a': 1, 'b': 2}", "got {'b': 2, 'a': 1}"),
        ("`save()` was never awaited", "`send()` was never awaited"),
        ("await the task", "await the helper"),
        ("`time.sleep(1)` froze the loop", "`time.sleep(0.25)` froze the loop"),
        ("ValueError: no\nwith n=2", "KeyError: no\nwith n=2"),
        ("total\ngot 1\nwith n=2", "order\ngot 1\nwith n=2"),
    ],
)
def test_what_matters_stays(one: str, other: str) -> None:
    assert normal(one, OWN) != normal(other, OWN)


def test_names_are_those_that_an_answer_binds() -> None:
    text = "import os\nclass A:\n    def b(self, *, c):\n        self.d = os.e(f := 1)"

    assert names(text) == {"A", "b", "self", "c", "d", "f"}
    assert names("def broken(:") == names("\0") == set()


def test_a_signature_survives_json() -> None:
    tests = (TestVerdict("a", "", "passed"), TestVerdict("b", "", "failed", "got 1"))
    found = signature(Verdict("1.1", "failing", tests), set())

    assert found == Signature("failing", "", (("b", Failure("failed", "got 1")),))
    assert from_json(json.loads(json.dumps(found.to_json()))) == found


@pytest.mark.parametrize(
    "data", [None, 1, "abc", {}, ["a", "b"], ["a", "b", [["c", 1, "d"]]], ["a", 1, []]]
)
def test_damaged_json_is_no_signature(data: object) -> None:
    with pytest.raises((TypeError, ValueError)):
        from_json(data)


TESTS = "async def test_work(): await work(1)"
PLAIN = "async def work(n):\n    return [n]"
GATHER = "async def work(n):\n    await asyncio.gather()\n    return [n]"


def fails(*messages: str, status: str = "failing") -> Signature:
    """Tests `a`, `b`, … fail with these messages."""
    pairs = zip("abcdefg", messages, strict=False)
    return Signature(status, "", tuple((n, Failure("failed", m)) for n, m in pairs))


def known(advice: str, how: Signature, text: str = PLAIN, name: str = "Errs.") -> Known:
    """A mistake that somebody has made."""
    return Known(Mistake(name, advice), how, Written(text, TESTS))


def advice(found: Signature, *mistakes: Known, text: str = PLAIN) -> str | None:
    """What the learner is told."""
    mistake = clearest(found, Written(text, TESTS), mistakes)
    return mistake.advice if mistake else None


def test_the_same_failures_mean_the_same_mistake() -> None:
    one, other = known("A", fails("got 1")), known("B", fails("got 2"))

    assert advice(fails("got 1"), one, other) == "A"
    assert advice(fails("got 2"), one, other) == "B"
    assert advice(fails("got 3"), one, other) is None
    assert advice(fails("got 1", "got 1"), one, other) is None
    assert advice(fails("got 1", status="timeout"), one, other) is None


def test_later_failures_may_differ_in_their_values() -> None:
    one, other = known("A", fails("got 1", "got 5")), known("B", fails("got 2", "no"))

    assert advice(fails("got 1", "got 6"), one, other) == "A"
    assert advice(fails("got 1", "KeyError: 6"), one, other) is None
    assert advice(fails("got 0", "got 5"), one, other) is None


def test_the_very_same_values_count_for_more_than_similar_ones() -> None:
    one, other = (
        known("A", fails("got 1", "got 5")),
        known("B", fails("got 1", "got 6")),
    )

    assert advice(fails("got 1", "got 6"), one, other) == "B"
    assert advice(fails("got 1", "got 7"), one, other) is None


def test_nothing_is_said_between_two_advices_unless_their_words_decide() -> None:
    one, other = known("A", fails("got 1")), known("B", fails("got 1"), GATHER)

    assert advice(fails("got 1"), one, other, text=PLAIN) == "A"
    assert advice(fails("got 1"), one, other, text=GATHER) == "B"
    same = known("B", fails("got 1"))
    assert advice(fails("got 1"), one, same) is None
    assert advice(fails("got 1"), one, known("A", fails("got 1"), GATHER)) == "A"


def test_no_mistake_is_claimed_that_the_answer_is_not_written_with() -> None:
    one = known("A", fails("got 1"), GATHER, name="Hopes for gather().")

    assert advice(fails("got 1"), one, text=PLAIN) is None
    assert advice(fails("got 1"), one, text=GATHER) == "A"


def test_of_what_is_not_written_yet_nothing_is_known() -> None:
    one, other = (
        known("A", fails("got 1", "got 2")),
        known("B", fails("got 3", "got 2")),
    )
    half = Signature(
        "failing", "", (("a", Failure("failed", "got 1")), ("b", Failure("todo", "b")))
    )

    assert advice(half, one, other) == "A"
    assert advice(half.without("a"), one, other) is None
    assert (
        advice(Signature("failing", ""), known("A", Signature("failing", ""))) is None
    )


def test_helpers_may_have_any_name() -> None:
    one = (
        "async def work(n):\n    return await help_out(n)\n\nasync def help_out(n): ..."
    )
    other = one.replace("help_out", "assist")

    assert Written(one, TESTS).calls == Written(other, TESTS).calls != set()
    assert closest(Written(one, TESTS), [Written(other, TESTS)]) == 0


@pytest.mark.parametrize(
    ("message", "slip"),
    [
        ("Syntax error in line 1: invalid syntax", True),
        ("Syntax error in line 1: '(' was never closed", True),
        ("Syntax error in line 1: expected ':'", True),
        ("Wrong indentation in line 1: expected an indented block", True),
        ("Syntax error in line 1: 'await' outside async function", False),
    ],
)
def test_a_slip_of_the_finger_is_no_typical_mistake(message: str, slip: bool) -> None:
    assert is_slip(message) is slip
