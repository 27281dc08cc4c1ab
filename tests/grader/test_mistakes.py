"""Mistakes are recognised by running wrong answers, once, and as few as possible."""

import asyncio
import json
from collections.abc import AsyncGenerator, Sequence
from pathlib import Path

import pytest

from grader import mistakes
from grader.course import Course, Exercise
from grader.crew import Case, RunnerError
from grader.mistakes import Recogniser
from grader.verdict import Mistake, Status, TestVerdict, Verdict

WRONG = '''"""{name}

{advice}

Fails: {fails}
"""

def work(): ...
'''
NAP = Mistake("Takes a nap.", "Do not.")


@pytest.fixture
def exercise(tmp_path: Path) -> Exercise:
    """One with three wrong answers."""
    tests = tmp_path / "tests" / "ch01_work"
    wrong = tests / "wrong" / "ex01_work"
    wrong.mkdir(parents=True)
    (tmp_path / "exercises").mkdir()
    rules = [f"def test_{name}():\n    '''{name}'''" for name in ("one", "two")]
    (tests / "test_ex01_work.py").write_text("\n\n".join(rules))
    for name, advice, fails in (
        ("Takes a nap.", "Do not.", "test_one"),
        ("Runs\naway.", "Come\nback.", "test_two"),
        ("Does both.", "Do none.", "test_one, test_two"),
    ):
        text = WRONG.format(name=name, advice=advice, fails=fails)
        (wrong / f"{name.split()[0].lower()}.py").write_text(text)
    (wrong / "invalid.py").write_text('"""Is none.\n\nTry.\n\nFails: test_one"""\n(')
    (wrong / "silent.py").write_text("def work(): ...")
    return Course.load(tmp_path).exercises[0]


def verdict(*failing: str, status: Status = "failing", message: str = "") -> Verdict:
    """A verdict in which these tests fail."""
    tests = tuple(
        TestVerdict(name, "", "failed" if name in failing else "passed", f"got {name}")
        for name in ("test_one", "test_two")
    )
    return Verdict("1.1", status, tests, message=message or None)


class Desk:
    """Judges wrong answers by their names, and remembers which."""

    def __init__(self, slow: str = "none") -> None:
        self.judged: list[str] = []
        self.slow = slow

    async def run_cases(
        self, cases: Sequence[Case]
    ) -> AsyncGenerator[tuple[Case, Verdict], None]:
        known = {
            "takes": verdict("test_one"),
            "runs": verdict("test_two"),
            "does": verdict("test_one", "test_two"),
            "invalid": verdict(status="broken", message="Syntax error: odd"),
        }
        for case in cases:
            assert case.answer is not None
            if case.answer.stem == self.slow:
                await asyncio.sleep(3600)
            self.judged.append(case.answer.stem)
            yield case, known[case.answer.stem]


async def ask(
    desk: Desk, exercise: Exercise, found: Verdict, patience: float | None = None
) -> Mistake | None:
    answer = exercise.root / "answer.py"
    answer.write_text("def work(): ...")
    recogniser = Recogniser(desk.run_cases, patience)
    return await recogniser.recognise(exercise, found, answer)


async def test_only_what_may_fail_like_this_is_run(exercise: Exercise) -> None:
    desk = Desk()

    assert await ask(desk, exercise, verdict("test_one")) == NAP
    assert desk.judged == ["takes"]
    assert await ask(desk, exercise, verdict("test_two")) == Mistake(
        "Runs away.", "Come back."
    )
    assert desk.judged == ["takes", "runs"]


async def test_nothing_is_run_twice(exercise: Exercise) -> None:
    await ask(Desk(), exercise, verdict("test_one", "test_two"))
    desk = Desk()

    assert await ask(desk, exercise, verdict("test_one")) == NAP
    assert desk.judged == []


@pytest.mark.parametrize("status", ["passed", "todo", "tampered"])
async def test_some_verdicts_have_no_mistake(
    status: Status, exercise: Exercise
) -> None:
    desk = Desk()

    assert await ask(desk, exercise, verdict("test_one", status=status)) is None
    assert desk.judged == []


async def test_what_does_not_compile_is_like_what_does_not(exercise: Exercise) -> None:
    desk = Desk()
    odd = verdict(status="broken", message="Syntax error: odd")
    slip = verdict(status="broken", message="Syntax error: invalid syntax")

    assert await ask(desk, exercise, odd) == Mistake("Is none.", "Try.")
    assert await ask(desk, exercise, slip) is None
    assert desk.judged == ["invalid"]


@pytest.mark.parametrize("changed", ["wrong/ex01_work/takes.py", "test_ex01_work.py"])
async def test_a_changed_file_is_run_again(changed: str, exercise: Exercise) -> None:
    await ask(Desk(), exercise, verdict("test_one"))
    file = exercise.root / "tests" / "ch01_work" / changed
    file.write_text(file.read_text() + "\n# changed\n")
    desk = Desk()

    assert await ask(desk, exercise, verdict("test_one")) == NAP
    assert desk.judged == ["takes"]
    assert len(json.loads(kept(exercise).read_text())) == 1


async def test_a_changed_laboratory_counts_too(
    exercise: Exercise, monkeypatch: pytest.MonkeyPatch
) -> None:
    await ask(Desk(), exercise, verdict("test_one"))
    monkeypatch.setattr(mistakes, "_surroundings", lambda: "another")
    desk = Desk()

    assert await ask(desk, exercise, verdict("test_one")) == NAP
    assert desk.judged == ["takes"]


@pytest.mark.parametrize("damage", ["", "{", "[]", '{"KEY": 3}', '{"KEY": ["a"]}'])
async def test_a_damaged_memory_costs_only_time(
    damage: str, exercise: Exercise
) -> None:
    await ask(Desk(), exercise, verdict("test_one"))
    [key] = json.loads(kept(exercise).read_text())
    kept(exercise).write_text(damage.replace("KEY", key))
    desk = Desk()

    assert await ask(desk, exercise, verdict("test_one")) == NAP
    assert desk.judged == ["takes"]


async def test_a_memory_that_cannot_be_written_costs_only_time(
    exercise: Exercise,
) -> None:
    (exercise.root / ".grader").write_text("in the way")

    assert await ask(Desk(), exercise, verdict("test_one")) == NAP


async def test_patience_ends_and_what_is_known_is_kept(exercise: Exercise) -> None:
    both = verdict("test_one", "test_two")

    assert await ask(Desk(slow="takes"), exercise, both, patience=60) is None
    desk = Desk()
    assert await ask(desk, exercise, both) == Mistake("Does both.", "Do none.")
    assert desk.judged == ["takes"]


async def test_a_lost_worker_costs_only_the_name(exercise: Exercise) -> None:
    async def lost(
        cases: Sequence[Case],
    ) -> AsyncGenerator[tuple[Case, Verdict], None]:
        raise RunnerError("gone")
        yield

    recogniser = Recogniser(lost)
    assert await recogniser.recognise(exercise, verdict("test_one"), Path("x")) is None


async def test_many_may_ask_at_once(exercise: Exercise) -> None:
    every = [ask(Desk(), exercise, verdict("test_one")) for _ in range(8)]

    assert await asyncio.gather(*every) == [NAP] * 8
    assert len(json.loads(kept(exercise).read_text())) == 1


def kept(exercise: Exercise) -> Path:
    """The file in which signatures are kept."""
    [file] = (exercise.root / ".grader").glob("*.json")
    return file
