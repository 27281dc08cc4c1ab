"""What there is to keep after the last exercise."""

from __future__ import annotations

from datetime import date

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from grader.course import Chapter
from grader.layout import Commands, Prose, section
from grader.results import Results
from grader.words import count, duration, safe_line


def summary(results: Results, today: date) -> RenderableType:
    """The whole course in numbers, and what its learner can do now, by chapter."""
    exercises = count(len(results.exercises), "exercise")
    chapters = count(len(results.chapters), "chapter")
    waiting = duration(results.virtual_seconds)
    skipped = f"{waiting} of waiting, done in {duration(results.seconds)}"
    day = f"{today.day} {today:%B %Y}"
    parts: list[RenderableType] = [
        Text("Everything is solved. Well done!", "bold green"),
        Text(),
        Prose(f"{exercises} in {chapters}, {skipped}. {day}."),
        Text(),
        Text("What you can do now", "bold"),
    ]
    for chapter, _ in results.chapters:
        parts += _chapter(chapter)
    keep = f"python -m grader --output my-kata.txt{results.elsewhere}"
    return Group(*parts, *section("Next", Commands([(keep, "keep this")])))


def _chapter(chapter: Chapter) -> list[RenderableType]:
    """Each title is a sentence that says what to do."""
    name = Text(f"{chapter.number}  {safe_line(chapter.title)}", "bold")
    titles = [Prose(f"- {safe_line(e.title)}") for e in chapter.exercises]
    return [Text(), name, Padding(Group(*titles), (0, 0, 0, 3), expand=False)]
