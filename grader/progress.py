"""What is shown while the tests run: a live screen, plain lines, or nothing."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console, Group, RenderableType
from rich.live import Live
from rich.spinner import Spinner
from rich.text import Text

from grader.overview import overview
from grader.report import plain_line
from grader.results import Results
from grader.words import count, duration

Refresh = Callable[[], None]


@contextmanager
def quiet(console: Console, results: Results) -> Iterator[Refresh]:
    """Show nothing."""
    yield lambda: None


@contextmanager
def plain(console: Console, results: Results) -> Iterator[Refresh]:
    """One line per exercise, in the order of the course, as soon as it is known."""
    words = count(len(results.exercises), "exercise")
    console.print(f"asyncio kata: judging {words} in {results.judged}", soft_wrap=True)
    if len(results.exercises) == 1:
        console.print()
    waiting = list(results.exercises) if len(results.exercises) > 1 else []

    def refresh() -> None:
        while waiting and results.verdict(waiting[0]):
            console.print(plain_line(results, waiting.pop(0)), soft_wrap=True)

    yield refresh


@contextmanager
def live(console: Console, results: Results) -> Iterator[Refresh]:
    """The overview, drawn again and again, with a line that says that it goes on."""
    since = time.monotonic()
    spinner = Spinner("dots", style="cyan")

    def picture() -> RenderableType:
        judged, total = len(results.verdicts), len(results.exercises)
        passed = duration(time.monotonic() - since)
        spinner.update(text=Text(f"{judged} of {total} judged, {passed}", "dim"))
        return Group(overview(results), Text(), spinner)

    # Without a thread: the event loop that awaits the verdicts also turns the spinner.
    with Live(
        get_renderable=picture, console=console, auto_refresh=False, transient=True
    ) as screen:
        screen.refresh()
        yield screen.refresh
