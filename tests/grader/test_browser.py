"""The page in a real browser: Debian's Chromium, driven by Playwright.

Skipped, and it says why, where one of the two is missing.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.grader.conftest import KATA

pytestmark = [pytest.mark.real_loop, pytest.mark.timeout(90)]

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), None)
# In a container there is no sandbox to be had; the rest keeps it from calling home.
FLAGS = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-sync", "--disable-background-networking"),
    "--disable-component-update",
]
PATIENCE = 30_000  # ms; a busy machine is no failure
SOLVED = "import asyncio\n\n\nasync def answer():\n    await asyncio.sleep(1)\n"
GOOD, BAD = SOLVED + "    return 42\n", SOLVED + "    return 43\n"
HOSTILE = r"""
import sys
sys.setrecursionlimit(1000)
EVIL = "<script>document.title='pwned'</script><img src=x onerror=alert(1)>"

async def answer():
    print("\x1b[31m\x1b]0;pwned\x07" + EVIL)
    print("x" * 1_000_000)
    raise RuntimeError(EVIL + "\x1b[2J" + "y" * 1_000_000)
"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """A browser without a window."""
    if CHROMIUM is None:
        pytest.skip("no chromium here; `apt-get install chromium`")
    reason = "no playwright here; `pip install playwright`"
    playwright = pytest.importorskip("playwright.sync_api", reason=reason)
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def root(course: Callable[..., Path]) -> Path:
    """A course of three exercises, with a lesson and hints."""
    root = course(one=GOOD, two=BAD, three=BAD)
    folder = root / "exercises" / "ch01_own"
    readme = "# Own\n\n## 1.2 two\nThe *second* lesson.\n\n```python\nawait it\n```\n"
    (folder / "README.md").write_text(readme)
    hints = "# Hints\n\n## 1.2 two\n1. Count.\n2. Count `again`.\n3. It is 42.\n"
    (folder / "HINTS.md").write_text(hints)
    assert KATA.is_dir()
    return root


@pytest.fixture
def server(root: Path) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """`python -m grader serve` as a learner starts it: its address and process."""
    command = [sys.executable, "-m", "grader", "serve", "--course", str(root)]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, cwd=KATA.parents[2]
    ) as process:
        assert process.stdout is not None
        match = re.search(r"http://\S+", process.stdout.readline())
        assert match
        yield match[0].rstrip("/"), process
        if process.poll() is None:
            process.send_signal(signal.SIGINT)
        process.communicate(timeout=20)


@pytest.fixture
def page(browser: Any, server: tuple[str, Any]) -> Iterator[Any]:
    """A tab on the first page, once the answers are judged."""
    with Tab(browser, server[0] + "/") as page:
        page.wait_for_selector("#answer.failing")
        yield page


class Tab:
    """A tab that fails its test if the page breaks a rule of its own policy."""

    def __init__(self, browser: Any, address: str, **options: Any) -> None:
        self._context = browser.new_context(**options)
        self._page = self._context.new_page()
        self._page.set_default_timeout(PATIENCE)
        self._complaints: list[str] = []
        self._page.on("console", lambda message: self._hear(message.text))
        self._page.on("pageerror", lambda error: self._complaints.append(str(error)))
        self._page.on("dialog", lambda dialog: self._hear("a dialog: Refused"))
        self._page.goto(address)

    def _hear(self, text: str) -> None:
        if "Refused" in text or "Content Security Policy" in text:
            self._complaints.append(text)

    def __enter__(self) -> Any:
        return self._page

    def __exit__(self, *_: object) -> None:
        self._context.close()
        assert self._complaints == []


def answer(root: Path, name: str = "ex02_two") -> Path:
    return root / "exercises" / "ch01_own" / f"{name}.py"


def test_the_page_shows_failure_map_and_lesson(page: Any) -> None:
    assert page.title() == "✗ 1.2 Two · asyncio kata"
    assert page.locator(".got dd").inner_text() == "43"
    assert page.locator(".expected dd").inner_text() == "42"
    assert page.locator("#lesson em").inner_text() == "second"
    stops = page.locator(".stops .mark")
    assert stops.all_inner_texts() == ["●", "✗", "✗"]
    assert page.locator("[aria-current=page] .id").inner_text() == "1.2"
    assert page.locator("#live b").inner_text() == "live"


def test_a_save_changes_the_verdict(page: Any, root: Path) -> None:
    answer(root).write_text(GOOD)
    page.wait_for_selector("#answer.passed")

    assert page.locator(".great").inner_text() == "Solved."
    assert page.locator("#progress b").inner_text() == "2"
    assert "1.2, Two: solved. 2 of 2 rules hold." in page.inner_text("#news")
    assert page.title() == "● 1.2 Two · asyncio kata"

    draft = root / "draft.py"  # as many editors save
    draft.write_text("def answer(:\n")
    draft.replace(answer(root))
    page.wait_for_selector("#answer.broken")


def test_the_page_follows_the_learner(page: Any, root: Path) -> None:
    answer(root, "ex03_three").write_text(GOOD)
    page.wait_for_selector("#answer.passed")

    assert page.locator("[aria-current=page] .id").inner_text() == "1.3"


def test_a_page_about_one_exercise_stays_with_it(page: Any, root: Path) -> None:
    page.click("text=1.1")
    page.wait_for_selector("#answer.passed")
    page.wait_for_selector("#live:not([hidden])")
    answer(root, "ex03_three").write_text(GOOD)
    page.wait_for_selector(".stops li:nth-child(3) .mark.passed")

    assert page.locator("[aria-current=page] .id").inner_text() == "1.1"


def test_hints_open_one_by_one_and_take_the_focus(page: Any, root: Path) -> None:
    page.click("text=Show a hint")
    page.wait_for_selector("#hint-1")
    assert page.locator(".hints li").all_inner_texts() == ["Count."]
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_selector("#hint-2")

    assert page.evaluate("document.activeElement.id") == "hint-2"
    assert page.url.endswith("?hints=2")
    answer(root).write_text(GOOD)
    page.wait_for_selector("#answer.passed")
    assert page.locator(".hints li").count() == 2


def test_a_new_text_of_the_lesson_is_shown(page: Any, root: Path) -> None:
    file = root / "exercises" / "ch01_own" / "README.md"
    file.write_text(file.read_text().replace("second", "2nd"))

    page.wait_for_selector("#lesson em:text('2nd')")


def test_a_hostile_answer_is_harmless(page: Any, root: Path) -> None:
    answer(root).write_text(HOSTILE)
    page.wait_for_selector("#answer pre.output")

    assert page.title() == "✗ 1.2 Two · asyncio kata"
    assert page.locator("#answer script, #answer img").count() == 0
    assert "<script>document.title='pwned'</script>" in page.inner_text("#answer")
    assert "\x1b" not in page.content()
    assert len(page.content()) < 60_000
    assert page.evaluate("document.documentElement.scrollWidth") <= 1280


def test_an_endless_answer_is_said_to_run(page: Any, root: Path) -> None:
    answer(root).write_text("while True: pass\n")
    page.wait_for_selector(".pill.judging")
    answer(root).write_text(GOOD)

    page.wait_for_selector("#answer.passed")


def test_the_page_says_when_the_server_is_gone(
    page: Any, server: tuple[str, subprocess.Popen[str]]
) -> None:
    server[1].send_signal(signal.SIGINT)

    page.wait_for_selector("#live.lost")
    assert server[1].wait(20) == 0


def test_the_page_finds_the_server_again(
    page: Any, server: tuple[str, subprocess.Popen[str]], root: Path
) -> None:
    server[1].send_signal(signal.SIGINT)
    page.wait_for_selector("#live.lost")
    server[1].wait(20)
    answer(root).write_text(GOOD)

    again = [*server[1].args, "--port", server[0].rpartition(":")[2]]  # type: ignore[misc]
    with subprocess.Popen(again, stdout=subprocess.DEVNULL, cwd=KATA.parents[2]) as new:
        page.wait_for_selector("#live:not(.lost):not([hidden])")
        page.wait_for_selector("h1:has-text('Three')")  # what is unsolved now
        new.send_signal(signal.SIGINT)


@pytest.mark.skipif(os.name == "nt", reason="Windows knows no SIGTERM")
def test_the_server_ends_cleanly_when_it_is_told_to(
    server: tuple[str, subprocess.Popen[str]],
) -> None:
    with urllib.request.urlopen(server[0]) as response:
        assert response.status == 200
    began = time.monotonic()
    server[1].terminate()

    assert server[1].wait(20) == 0
    assert time.monotonic() - began < 10


def test_without_javascript_the_page_is_a_static_view(
    browser: Any, server: tuple[str, Any]
) -> None:
    with Tab(browser, server[0] + "/", java_script_enabled=False) as plain:
        plain.wait_for_selector("#answer.failing")  # it loads itself until then
        assert plain.locator(".got dd").inner_text() == "43"
        assert plain.locator("#live").is_hidden()
        plain.click("text=Show a hint")
        assert plain.locator("#hint-1").inner_text() == "Count."
        plain.click("text=Show another hint")
        assert plain.locator("#hint-2").inner_text() == "Count again."
        plain.click("a[rel=next]")
        assert plain.locator("h1").inner_text() == "1.3 Three"


def test_nothing_is_wider_than_the_screen(page: Any) -> None:
    for hint in (1, 2, 3):
        page.click("#hints a")
        page.wait_for_selector(f"#hint-{hint}")
    for width in (1600, 1280, 768, 390, 320):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_map_is_open_where_there_is_room(
    browser: Any, server: tuple[str, Any]
) -> None:
    for width, is_open in [(390, False), (1280, True)]:
        size = {"width": width, "height": 800}
        with Tab(browser, server[0] + "/1.2", viewport=size) as page:
            assert page.locator("#course").is_visible() == is_open
            if not is_open:
                page.click("summary:has-text('The course')")
                assert page.locator("#course").is_visible()


def test_the_keyboard_reaches_everything(page: Any) -> None:
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    outline = "getComputedStyle(document.activeElement).outlineStyle"
    page.keyboard.press("Tab")
    assert page.evaluate(outline) == "solid"


def test_landmarks_and_headings_are_in_order(page: Any) -> None:
    roles = "header, nav[aria-labelledby=map-title], main, nav[aria-label], footer"
    assert page.locator(roles).count() == 5
    levels = page.evaluate(
        "[...document.querySelectorAll('main h1, main h2, main h3')]"
        ".map((e) => e.tagName + ' ' + e.textContent.trim())"
    )
    assert levels == [
        "H1 1.2 Two",
        "H2 Your answer",
        "H3 The rule",
        "H2 Hints",
        "H2 Lesson",
    ]


def test_the_report_opens_as_a_file(browser: Any, root: Path, tmp_path: Path) -> None:
    report = tmp_path / "report.html"
    command = [sys.executable, "-m", "grader", "--course", str(root)]
    command += ["--format", "html", "--output", str(report)]
    done = subprocess.run(command, cwd=KATA.parents[2], stdout=subprocess.DEVNULL)

    with Tab(browser, report.as_uri()) as page:
        assert done.returncode == 1
        assert page.locator("article").count() == 3
        assert page.locator(".got dd").first.inner_text() == "43"
        background = "getComputedStyle(document.querySelector('.answer')).borderRadius"
        assert page.evaluate(background) == "12px"
        page.locator("text=Hint 1 of 3").click()
        assert page.locator("text=Count.").first.is_visible()
