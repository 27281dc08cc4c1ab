"""What the pages show, and that nothing a learner writes gets through as HTML."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from markupsafe import Markup

from grader.course import Course
from grader.formats import FORMATS
from grader.pages.drawing import timeline
from grader.pages.lessons import code, lesson, said
from grader.pages.message import blocks
from grader.pages.render import live_page, static
from grader.results import Results
from grader.verdict import Line, Mistake, Row, Span, TestVerdict, Verdict
from tests.grader.samples import (
    ASK,
    NAMES,
    TIMELINE,
    broken,
    failing,
    passed,
    timeout,
    todo,
    write_course,
)

EVIL = "<script>alert(1)</script> & \"'><img src=x onerror=alert(2)> \x1b[31m\0\udc80"


@pytest.fixture
def course(tmp_path: Path) -> Course:
    return Course.load(write_course(tmp_path))


def page(course: Course, number: str, *verdicts: Verdict, hints: int = 0) -> str:
    """The live page about one exercise."""
    results = Results(course, course.exercises)
    for verdict in verdicts:
        results.add(verdict)
    (exercise,) = course.select([number])
    return live_page(results, exercise, hints=hints)


def words(html: str) -> str:
    """What a reader sees of a piece of HTML."""
    html = re.sub(r"</?(span|code)[^>]*>", "", html)
    return " ".join(re.sub(r"<[^>]*>", " ", html).split())


def part(html: str, name: str) -> str:
    """The element with this id, to the next one on the same level."""
    return html[html.index(f'id="{name}"') :].split("</section>")[0]


def test_a_failure_shows_rule_values_lines_output_and_timeline(course: Course) -> None:
    answer = part(page(course, "1.1", failing("1.1")), "answer")

    assert "The rule The answer comes after 2 seconds." in words(answer)
    assert "got 3.0 expected 2.0" in words(answer)
    assert "14 await asyncio.sleep(3) (here it went wrong)" in words(answer)
    assert "What it printed asking asking again" in words(answer)
    assert '<svg class="timeline"' in answer
    assert "1 of 3 rules hold" in words(answer)


def test_the_place_in_the_file_stands_under_the_title(course: Course) -> None:
    assert f"{ASK}:14" in words(page(course, "1.1", failing("1.1")))


def test_a_recognised_mistake_is_named(course: Course) -> None:
    mistake = Mistake("Sleeps too long.", "Use `seconds`, not 3.")
    test = TestVerdict(NAMES[0], "A rule.", "failed", "got 3")
    verdict = Verdict("1.1", "failing", (test,), mistake=mistake)

    answer = part(page(course, "1.1", verdict), "answer")

    assert "Sleeps too long." in answer
    assert "Use <code>seconds</code>, not 3." in answer


@pytest.mark.parametrize(
    ("verdict", "sentence"),
    [
        (passed("1.1"), "Solved. Next: 1.2 Tell a story"),
        (todo("1.1"), "ask is not written yet."),
        (broken("1.1"), "SyntaxError: invalid"),
        (timeout("1.1"), "so this is no long wait"),
    ],
)
def test_every_outcome_has_its_words(
    course: Course, verdict: Verdict, sentence: str
) -> None:
    assert sentence in words(page(course, "1.1", verdict))


def test_the_map_shows_every_exercise_and_where_we_are(course: Course) -> None:
    html = page(course, "1.2", passed("1.1"), broken("1.2"))

    assert '<a href="/1.2" aria-current="page">' in html
    assert "1.1 Ask a question (solved)" in words(html)
    assert "1.2 Tell a story (does not import)" in words(html)
    assert "2.1 Wait for it (not judged yet)" in words(html)
    assert '<progress value="1" max="3"' in html


@pytest.mark.parametrize("shown", [0, 1, 2, 99])
def test_hints_come_one_at_a_time(course: Course, shown: int) -> None:
    hints = part(page(course, "1.1", hints=shown), "hints")

    assert ("Read the docstring." in hints) == (shown >= 1)
    assert ("and return it." in hints) == (shown >= 2)
    assert (f'href="?hints={shown + 1}#hint-{shown + 1}"' in hints) == (shown < 2)


def test_without_an_exercise_the_page_says_what_it_waits_for(course: Course) -> None:
    html = live_page(Results(course, course.exercises), None)

    assert "Judging your answers" in html
    assert '<noscript><meta http-equiv="refresh"' in html


def test_the_end_of_the_course_is_said(course: Course) -> None:
    results = Results(course, course.exercises)
    for exercise in course.exercises:
        results.add(passed(exercise.id))

    assert "Everything is solved." in live_page(results, None)
    last = live_page(results, course.exercises[-1])
    assert "That was the last one" in last


def test_a_fault_of_the_grader_looks_like_one(course: Course) -> None:
    results = Results(course, course.exercises, fault=f"worker died {EVIL}")
    html = live_page(results, course.exercises[0])

    assert "Your answers are not to blame." in html
    assert "worker died &lt;script&gt;" in html


def hostile() -> Verdict:
    where = (Line(EVIL, 1, EVIL, EVIL),)
    rows = (Row(EVIL, 0, 2, "error", (Span(0, 1, "frozen", EVIL, 3),)), *TIMELINE)
    test = TestVerdict(EVIL, EVIL, "failed", EVIL, where, EVIL + "x" * 10**6, 1, rows)
    mistake = Mistake(EVIL, EVIL)
    return Verdict("1.1", "failing", (test,), 1, EVIL, where, mistake)


def test_nothing_that_an_answer_says_gets_through(course: Course) -> None:
    results = Results(course, course.select(["1.1"]), EVIL, EVIL, EVIL)
    results.add(hostile())

    for html in (live_page(results, course.exercises[0]), FORMATS["html"](results)):
        assert "<script>alert" not in html
        assert "<img" not in html
        assert "\x1b" not in html
        assert "\0" not in html
        assert len(html) < 60_000
        assert html.count("&lt;script&gt;") >= 6


def test_texts_of_the_course_are_no_html_either(course: Course) -> None:
    readme = course.root / "exercises" / "ch01_asking" / "README.md"
    text = f"# {EVIL}\n\n## 1.1 x\n{EVIL}\n\n```python\n{EVIL}\n```\n"
    readme.write_text(text, encoding="utf-8", errors="replace")

    html = page(Course.load(course.root), "1.1")

    assert "<script>alert" not in html
    assert "<img" not in html


def test_lessons_are_rendered() -> None:
    html = lesson("**One** rule.\n\n```python\nawait it\n```\n\n```text\nout\n```\n")

    assert "<strong>One</strong> rule." in html
    assert '<pre class="code" tabindex="0"><code><span class="t-k">await</span>' in html
    assert '<pre class="output" tabindex="0"><code>out' in html


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("[a](https://docs.python.org/)", '<a href="https://docs.python.org/" rel='),
        ("[a](javascript:alert(1))", "[a](javascript:alert(1))"),
        ("[a](../../solutions/x.py)", "<a>a</a>"),
        ("![a](https://elsewhere/x.png)", "<p>a</p>"),
        ("<b>no</b>", "&lt;b&gt;no&lt;/b&gt;"),
        ("### Deeper", "<h4>Deeper</h4>"),
        ("    indented <b>", "indented &lt;b&gt;"),
    ],
)
def test_links_pictures_and_html_in_lessons(text: str, html: str) -> None:
    assert html in lesson(text)


def test_code_in_sentences_is_marked_and_escaped() -> None:
    assert said("use `a<b>` & go") == Markup("use <code>a&lt;b&gt;</code> &amp; go")
    assert "&lt;b&gt;" in code("x = '<b>'")


def test_a_message_is_taken_apart() -> None:
    first, second, third = blocks(
        "got:\n    1\n  > 2\nexpected:\n    1\n  > 3\n\nIt waits.\n\n  aligned"
    )

    assert (first.got, first.expected) == (
        [("1", False), ("2", True)],
        [("1", False), ("3", True)],
    )
    assert (second.text, second.aligned) == ("It waits.", False)
    assert third.aligned


def test_a_comparison_may_be_followed_by_a_sentence() -> None:
    first, second = blocks("got:\n    1\nexpected:\n    2\nMind the order.")

    assert first.got == [("1", False)]
    assert second.text == "Mind the order."


def test_the_timeline_is_svg_that_says_what_it_shows() -> None:
    picture = ET.fromstring(timeline(TIMELINE))
    bars = list(picture.iter("rect"))

    assert picture.attrib["aria-label"] == (
        "the test: 0–3 s error; ask: 0–2 s; late: since 1 s, never ends."
    )
    assert [b.attrib["class"] for b in bars] == [
        "bar wait",
        "bar sleep",
        "bar frozen",
        "bar io",
    ]
    assert [(b.attrib["x"], b.attrib["width"]) for b in bars[1:3]] == [
        ("0.0%", "33.33%"),
        ("33.33%", "33.34%"),
    ]
    labels = [e.text for e in picture.iter("text") if e.attrib["class"] == "tick"]
    assert labels == ["0 s", "0.5 s", "1 s", "1.5 s", "2 s", "2.5 s", "3 s"]


def test_a_crowd_of_tasks_is_cut_and_counted() -> None:
    rows = [Row(f"task-{number}", 0, 1, "done") for number in range(40)]
    picture = timeline(rows)

    assert picture.count('class="task"') == 12
    assert "and 28 more tasks." in picture


def test_no_time_no_picture() -> None:
    assert timeline([]) == timeline([Row("a", 1, 1, "done")]) == ""


def test_the_report_needs_nothing_from_anywhere(course: Course) -> None:
    results = Results(course, course.exercises)
    results.add(failing("1.1"))
    html = FORMATS["html"](results)

    assert "default-src 'none'; style-src 'sha256-" in html
    assert "<script" not in html
    assert " src=" not in html
    assert not re.search(r"<link|@import|url\((?!#)", html)
    assert ' style="' not in html


def test_the_report_holds_what_is_known(course: Course) -> None:
    results = Results(course, course.exercises, interrupted=True)
    results.add(passed("1.1"))
    results.add(failing("1.2"))
    html = FORMATS["html"](results)

    assert html.count("<article") == 2
    assert 'href="#exercise-1.2"' in html
    assert 'id="exercise-1.2"' in html
    assert "Interrupted: this is what was known by then." in html
    assert "<summary><span>Hint 1 of 1</span></summary>" in html


def test_colours_can_be_told_apart() -> None:
    """Text has a contrast of 4.5 or more on what lies under it, by day and by night."""
    for scheme in re.findall(r":root \{(.*?)\}", static("page.css"), re.DOTALL):
        colours = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", scheme))
        grounds = [colours[name] for name in ("paper", "sheet", "sunk")]
        for name in ("ink", "quiet", "accent", "good", "bad"):
            for ground in grounds:
                assert contrast(colours[name], ground) >= 4.5, (name, ground)
        for name in ("good", "bad", "warn", "odd", "accent"):
            soft = colours[f"{name}-soft"]
            assert contrast(colours[name], soft) >= 4.5, name
        for name in ("word", "text", "number", "name", "quiet"):
            for ground in grounds[1:]:
                assert contrast(colours[f"t-{name}"], ground) >= 4.5, (name, ground)
        assert contrast(colours["accent"], colours["sheet"]) >= 4.5


def contrast(one: str, other: str) -> float:
    """The ratio that WCAG defines."""
    dark, light = sorted(map(_luminance, (one, other)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (
        p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
