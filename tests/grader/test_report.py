"""Screens, compared whole with the texts in `golden/`."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from rich.console import Console

from grader import report
from grader.course import Course
from grader.formats.text_report import as_text
from grader.report import grader_failed, hint, listing, screen
from grader.results import Results
from grader.verdict import Line, Row, Span, TestVerdict, Verdict
from grader.words import count, cut, duration, safe, safe_line
from tests.grader import samples
from tests.grader.goldens import compare
from tests.grader.samples import TIMELINE, failing, passed, todo, write_course


@pytest.fixture
def course(tmp_path: Path) -> Course:
    return Course.load(write_course(tmp_path))


def results(course: Course, *verdicts: Verdict, only: str = "") -> Results:
    """What is known after a run of 0.4 seconds."""
    chosen = course.select([only] if only else [])
    known = Results(course, chosen, seconds=0.4)
    for verdict in verdicts:
        known.add(verdict)
    return known


@pytest.mark.parametrize("width", [80, 60, 40])
def test_a_failing_exercise(course: Course, width: int) -> None:
    known = results(course, failing("1.1"), passed("1.2", 2660.0), todo("2.1"))

    compare(f"failing-{width}", as_text(screen(known), width))


@pytest.mark.parametrize("status", ["todo", "broken", "timeout", "crashed", "tampered"])
def test_every_other_outcome_has_words_of_its_own(course: Course, status: str) -> None:
    verdict = getattr(samples, status)("1.1")

    known = results(course, verdict, passed("1.2"), passed("2.1"))

    compare(status, as_text(screen(known), 80))


def test_everything_is_solved(course: Course, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(report, "today", lambda: date(2026, 3, 1))
    known = results(course, passed("1.1"), passed("1.2"), passed("2.1"))

    compare("solved", as_text(screen(known), 80))
    compare("solved-60", as_text(screen(known), 60))
    known.answers = "solutions"
    assert as_text(screen(known), 80).endswith("\n\nEverything is solved.\n")


def test_one_exercise_lists_its_rules(course: Course) -> None:
    for name, verdict in [("failing", failing("1.1")), ("solved", passed("1.1"))]:
        known = results(course, verdict, only="1.1")

        compare(f"one-{name}", as_text(screen(known), 80))


def test_an_interrupted_run_shows_what_is_known(course: Course) -> None:
    known = results(course, passed("1.1"), failing("2.1"))
    known.interrupted = True

    compare("interrupted", as_text(screen(known), 80))


def test_the_list_and_the_hints(course: Course) -> None:
    exercise = course.exercises[0]
    hints = list(enumerate(course.hints(exercise), start=1))

    compare("list", as_text(listing(results(course).chapters), 80))
    compare("hint", as_text(hint(course, exercise, hints[:1]), 80))
    compare("hint-all", as_text(hint(course, exercise, hints), 80))


def test_the_graders_own_failure_looks_different() -> None:
    text = as_text(grader_failed("The worker died twice.", "Traceback …"), 80)

    assert text.splitlines()[:6] == [
        "The grader itself failed. Your answers are not to blame.",
        "",
        "The worker died twice.",
        "",
        "Where",
        "  Traceback …",
    ]
    assert "Please open an issue with all of this text and: Python 3." in text


def test_a_deadlock_report_speaks_of_lines_and_is_not_repeated(course: Course) -> None:
    message = (
        "Deadlock: every task waits for something that can no longer happen.\n"
        "At 1 s of virtual time:\n"
        "- the test waits for Queue.get() on <Queue maxsize=0>, which nobody will "
        "ever fill again\n"
        f"    {samples.ASK}:9  return await _ask()\n"
        f"    {samples.ASK}:14  await asyncio.sleep(3)"
    )

    known = results(course, failing("1.1", message), passed("1.2"), passed("2.1"))

    compare("deadlock", as_text(screen(known), 60))


def test_learners_text_cannot_colour_move_hide_or_flood(course: Course) -> None:
    evil = "\x1b]0;title\x07\x1b[2J[red]x[/red]\r\b\x9b31m\u202e\udc80 :boom:\n" * 500
    line = Line("exercises/ch01_asking/ex01_ask.py", 3, evil)
    test = TestVerdict(
        "test_answers",
        "[bold]In[/bold] order.",
        "failed",
        evil,
        (line,),
        evil,
        timeline=(Row(evil, 0, 1, "done"), Row("y" * 99, 0, 1, "done")),
    )

    known = results(course, Verdict("1.1", "failing", (test,)))

    compare("hostile", as_text(screen(known), 60))


def test_colours_are_used_on_terminals_and_no_color_is_honoured(
    course: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = results(course, failing("1.1"))

    def shown(**environment: str) -> str:
        console = Console(
            force_terminal=True,
            width=80,
            _environ={"TERM": "xterm", **environment},
        )
        with console.capture() as captured:
            console.print(screen(known))
        return captured.get()

    assert "\x1b[31m" in shown()
    assert "\x1b[31m" not in shown(NO_COLOR="1")
    link = (course.root / samples.ASK).as_uri() + "#L14\x1b\\"
    assert link in shown()
    assert link in shown(NO_COLOR="1")
    assert "file:" not in shown(TERM="dumb")


ALONE = TIMELINE[:1]
FROZEN = (Row("the test", 0, 3, "error", (Span(0, 3, "frozen"),)),)


@pytest.mark.parametrize(
    ("rule", "rows", "drawn"),
    [
        ("They run in order.", TIMELINE[::2], True),
        ("It is `b`.", TIMELINE[::2], False),
        ("They run in order.", ALONE, False),
        ("It is `b`.", FROZEN, True),
        ("They run in order.", (), False),
    ],
)
def test_a_timeline_is_drawn_only_when_it_has_something_to_say(
    course: Course, rule: str, rows: tuple[Row, ...], drawn: bool
) -> None:
    verdict = failing("1.1", "got 'a', expected 'b'")
    test = replace(verdict.tests[1], rule=rule, timeline=rows)
    known = results(course, replace(verdict, tests=(test,)), only="1.1")

    assert ("Who did what when" in as_text(screen(known), 80)) is drawn


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "0 s"),
        (0.04, "0 s"),
        (0.94, "0.9 s"),
        (1, "1 s"),
        (45.25, "45.2 s"),
        (59.96, "1 min"),
        (60, "1 min"),
        (61, "1 min 1 s"),
        (7980, "2 h 13 min"),
        (7200, "2 h"),
        (90_061, "1 d 1 h"),
    ],
)
def test_durations_in_words(seconds: float, words: str) -> None:
    assert duration(seconds) == words


def test_counts_in_words() -> None:
    assert [count(n, "task") for n in (0, 1, 2000)] == [
        "0 tasks",
        "1 task",
        "2,000 tasks",
    ]


@pytest.mark.parametrize(
    ("text", "harmless"),
    [
        ("\x1b[31mred\x1b[0m", "red"),
        ("\x1b]8;;http://x\x1b\\link\x1b]8;;\x07", "link"),
        ("\x1bPq secret \x1b\\after", "after"),
        ("\x1b[", ""),
        ("\x1b", ""),
        ("a\x00b\x07c\x7fd\x9fe", "abcde"),
        ("a\r\nb\rc", "a\nbc"),
        ("\u202eright\u2066", "right"),
        ("\ud800", ""),
        ("\tx", "    x"),
        ("é ü 漢 ✓", "é ü 漢 ✓"),
    ],
)
def test_safe_text(text: str, harmless: str) -> None:
    assert safe(text) == harmless


def test_texts_are_cut_and_say_how_much_is_missing() -> None:
    assert cut("a\nb\nc\n", lines=2, width=9) == "a\nb\nc"
    assert cut("a\nb\nc\nd", lines=2, width=9) == "a\nb\n… and 2 more lines"
    assert cut("x" * 10, lines=2, width=4) == "xxx…"
    assert safe_line(" a\n b ") == "a b"


def test_names_with_blanks_are_quoted_in_commands(course: Course) -> None:
    known = Results(course, [], "my answers", "my answer.py", "my course")

    assert known.again == (
        " --course 'my course' --answers 'my answers' --answer 'my answer.py'"
    )
