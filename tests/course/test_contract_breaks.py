"""The contract sees what it is for: a small course, broken one piece at a time."""

from collections.abc import Callable
from pathlib import Path

import pytest

from grader.course import Course

from .contract import CHECKS, STUB_CHECKS
from .small import HINTS, README, RIGHT, SOLUTION, STUB, TESTS, WRONG, make

Break = Callable[[Path], None]


def remove(path: str) -> Break:
    return lambda root: (root / path).unlink()


def add(path: str, text: str = "") -> Break:
    def put(root: Path) -> None:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")

    return put


def edit(path: str, old: str, new: str) -> Break:
    def replace(root: Path) -> None:
        text = (root / path).read_text(encoding="utf-8")
        assert old in text
        (root / path).write_text(text.replace(old, new), encoding="utf-8")

    return replace


HASTE = f"{WRONG}/in_a_hurry.py"
TIMER = f"{RIGHT}/with_a_timer.py"
WALK = "tests/ch01_waiting/wrong/ex02_walk/limps.py"
# What is broken, the file that is complained about, a part of the complaint.
BREAKS: list[tuple[Break, str, str]] = [
    (remove(STUB), STUB, "is missing, but `tests/"),
    (remove(SOLUTION), SOLUTION, "is missing, but `tests/"),
    (add("exercises/ch01_waiting/ex02_walk.py"), "ex02_walk.py", "belongs to no"),
    (add("solutions/ch01_waiting/ex02_walk.py"), "ex02_walk.py", "belongs to no"),
    (add("exercises/notes.txt"), "exercises/notes.txt", "belongs to no exercise"),
    (add(WALK), "limps.py", "belongs to no"),
    (add("tests/ch01_waiting/helpers.py"), "helpers.py", "belongs to no exercise"),
    (add(f"{WRONG}/notes.txt"), f"{WRONG}/notes.txt", "belongs to no exercise"),
    (remove(README), README, "needs the chapter's title"),
    (edit(README, "# Waiting", "Waiting"), README, "needs the chapter's title"),
    (edit(README, "## 1.1", "## 1.2"), README, "needs a section `## 1.1 …`"),
    (remove(HINTS), HINTS, "needs 2 to 4 numbered hints, it has 0"),
    (edit(HINTS, "2. ", ""), HINTS, "needs 2 to 4 numbered hints, it has 1"),
    (edit(HINTS, "2. ", "2. A\n3. B\n4. C\n5. "), HINTS, "it has 5"),
    (edit(STUB, "# TODO: wait.", "# Wait."), STUB, "needs a comment `# TODO: …`"),
    (edit(STUB, "# TODO", "\n" * 40 + "# TODO"), STUB, "lines; cut it down to 40"),
    (edit(SOLUTION, "import", "# TODO: all\nimport"), SOLUTION, "still has a TODO"),
    (edit(SOLUTION, '"""Take a nap."""', ""), SOLUTION, "needs a docstring"),
    (edit(SOLUTION, "await asyncio", "await await asyncio"), SOLUTION, "is no Python"),
    (edit(STUB, "seconds: float", "minutes: float"), STUB, "`nap(minutes)` here"),
    (edit(STUB, "seconds: float", "seconds: float = 1"), STUB, "`nap(seconds=1)` here"),
    (edit(STUB, ": float", ": int"), STUB, "is `int` here and `float` there"),
    (edit(STUB, "-> None", "-> int"), STUB, "`the result` of `nap` is `int` here"),
    (edit(STUB, "async def", "def"), STUB, "a function here and an async function"),
    (edit(STUB, "nap(s", "snooze(s"), STUB, "only the stub has `snooze`"),
    (edit(STUB, "nap(s", "snooze(s"), STUB, "needs `nap`, which the tests import"),
    (edit(STUB, "async def", "await async def"), STUB, "cannot be compared: no Python"),
    (edit(TESTS, '    """`nap()` returns None."""\n', ""), TESTS, "needs a docstring"),
    (remove(HASTE), WRONG, "has 2 answers; it needs 3"),
    (remove(TIMER), RIGHT, "has 0 answers; it needs 1"),
    (edit(HASTE, "Does not wait.", ""), HASTE, "needs advice"),
    (edit(HASTE, "Fails: test", "Falls: test"), HASTE, "needs a last line `Fails:"),
    (edit(HASTE, "_its_", "_no_"), HASTE, "names `test_it_takes_no_seconds`, which"),
    (add(HASTE, "async def nap(seconds): pass\n"), HASTE, "names the mistake"),
    (edit(TIMER, '"""Take a nap: a timer of the loop ends it."""', ""), TIMER, "names"),
]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A course that keeps the contract."""
    return make(tmp_path)


def every_complaint(root: Path) -> list[str]:
    course = Course.load(root)
    checks = (*CHECKS, *STUB_CHECKS)
    return [str(complaint) for check in checks for complaint in check(course)]


def test_the_small_course_keeps_the_contract(root: Path) -> None:
    assert every_complaint(root) == []


def test_annotations_may_be_left_out(root: Path) -> None:
    edit(STUB, "seconds: float) -> None", "seconds)")(root)

    assert every_complaint(root) == []


@pytest.mark.parametrize(
    ("break_it", "path", "said"),
    BREAKS,
    ids=[f"{number}: {said}" for number, (_, _, said) in enumerate(BREAKS, 1)],
)
def test_a_broken_piece_is_named(
    break_it: Break, path: str, said: str, root: Path
) -> None:
    break_it(root)

    found = every_complaint(root)

    assert any(path in c.partition(": ")[0] and said in c for c in found), found
