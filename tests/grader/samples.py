"""A little course on the disk, verdicts about it, and a runner that recites them."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from pathlib import Path

from grader.course import Exercise
from grader.runner import Settings
from grader.verdict import Line, Row, Span, TestVerdict, Verdict

TESTS = '''\
"""Tests."""

async def test_answers() -> None:
    """`ask()` returns the answer."""

class TestTime:
    def test_takes_two_seconds(self) -> None:
        """The answer comes
        after 2 seconds.

        This paragraph is for maintainers.
        """

def helper() -> None:
    """No rule."""

async def test_leaves_nothing_behind() -> None: ...
'''
HINTS = """\
# Hints

## 1.1 ask
1. Read the docstring.
2. `await` what `ask()` gives you:

   ```python
   1. not a hint
   ```
   and return it.

## 1.2 tell
1. Only one.
"""
README = """\
# 1. Asking

Welcome.

## 1.1 Ask a question
Ask.

```python
## 1.2 no heading
```

## 1.2 Tell a story
Tell.
"""
ASK = "exercises/ch01_asking/ex01_ask.py"


def write(root: Path, path: str, text: str) -> None:
    """Write a file and the folders above it."""
    file = root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def write_course(root: Path) -> Path:
    """Three exercises in two chapters."""
    for stem, title in [
        ("ch01_asking/ex01_ask", "Ask a question."),
        ("ch01_asking/ex02_tell", "Tell a story."),
        ("ch02_waiting/ex01_wait_for_it", "Wait for it."),
    ]:
        folder, name = stem.split("/")
        write(root, f"exercises/{stem}.py", "this is not Python")
        write(root, f"solutions/{stem}.py", f'"""{title}\n\nMore."""\n')
        write(root, f"tests/{folder}/test_{name}.py", TESTS)
    write(root, "exercises/ch01_asking/README.md", README)
    write(root, "exercises/ch01_asking/HINTS.md", HINTS)
    return root


NAMES = ("test_answers", "test_takes_two_seconds", "test_leaves_nothing_behind")
RULES = (
    "`ask()` returns the answer.",
    "The answer comes after 2 seconds.",
    "Leaves nothing behind.",
)
TIMELINE = (
    Row("the test", 0, 3, "error", (Span(0, 3, "wait", "'ask'"),)),
    Row("ask", 0, 2, "done", (Span(0, 1, "sleep"), Span(1, 2, "frozen"))),
    Row("late", 1, None, "pending", (Span(1, 3, "io"),)),
)


def passed(number: str, virtual_seconds: float = 30.0) -> Verdict:
    """A solved exercise."""
    tests = [
        TestVerdict(name, rule, "passed", virtual_seconds=virtual_seconds)
        for name, rule in zip(NAMES, RULES, strict=True)
    ]
    return Verdict(number, "passed", tuple(tests), seconds=0.02)


def failing(number: str, message: str = "got 3.0, expected 2.0") -> Verdict:
    """An exercise whose second test fails, with everything that can be shown."""
    test = TestVerdict(
        NAMES[1],
        RULES[1],
        "failed",
        message=message,
        where=(
            Line(ASK, 9, "    return await _ask()", "ask"),
            Line(ASK, 14, "    await asyncio.sleep(3)", "_ask"),
        ),
        printed="asking\nasking again\n",
        virtual_seconds=3.0,
        timeline=TIMELINE,
    )
    first = TestVerdict(NAMES[0], RULES[0], "passed", virtual_seconds=3.0)
    last = TestVerdict(NAMES[2], RULES[2])
    return Verdict(number, "failing", (first, test, last), seconds=0.02)


def todo(number: str) -> Verdict:
    """A stub."""
    where = (Line(ASK, 12, '    raise NotImplementedError("ask")', "ask"),)
    words = "`ask` is not written yet."
    tests = [
        TestVerdict(name, rule, "todo", words, where)
        for name, rule in zip(NAMES, RULES, strict=True)
    ]
    return Verdict(number, "todo", tuple(tests), seconds=0.02)


def broken(number: str) -> Verdict:
    """A file that is no Python."""
    where = (Line(ASK, 7, "def ask(:"),)
    return Verdict(number, "broken", _not_run(), 0.01, "SyntaxError: invalid", where)


def timeout(number: str) -> Verdict:
    """An endless loop in the first test."""
    where = (Line(ASK, 8, "    while True:", "ask"),)
    words = "It was still running after 10 s, and was stopped."
    first = TestVerdict(NAMES[0], RULES[0], "failed", words, where)
    tests = (first, *_not_run()[1:])
    return Verdict(number, "timeout", tests, 10.0, words, where)


def crashed(number: str) -> Verdict:
    """A process that was gone before the first test."""
    return Verdict(number, "crashed", _not_run(), 0.1, "Ended by os._exit(0).")


def tampered(number: str) -> Verdict:
    """An answer that reached into the tests."""
    return Verdict(number, "tampered", _not_run(), 0.1, "It replaced `asyncio.sleep`.")


def _not_run() -> tuple[TestVerdict, ...]:
    return tuple(map(TestVerdict, NAMES, RULES))


class Recital:
    """A runner that knows its verdicts beforehand; it keeps what it was asked."""

    def __init__(
        self,
        *verdicts: Verdict,
        error: BaseException | None = None,
        then: Callable[[], Awaitable[object]] | None = None,
    ) -> None:
        self._verdicts = {verdict.exercise: verdict for verdict in verdicts}
        self._error = error
        self._then = then
        self.settings: Settings | None = None
        self.asked: list[str] = []
        self.closed = False

    async def __call__(
        self, exercises: Sequence[Exercise], settings: Settings
    ) -> AsyncGenerator[Verdict, None]:
        self.settings = settings
        self.asked = [exercise.id for exercise in exercises]
        try:
            for number in reversed(self.asked):  # completion is in no order
                if number in self._verdicts:
                    yield self._verdicts[number]
            if self._then is not None:
                await self._then()
            if self._error is not None:
                raise self._error
        finally:
            self.closed = True
