"""The map of the course: every chapter, every exercise, and how they stand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from grader.course import Chapter, Exercise
from grader.pages.marks import Mark, mark
from grader.results import Results
from grader.words import safe_line

Link = Callable[[Exercise], str]


@dataclass(frozen=True)
class Stop:
    """An exercise on the map."""

    id: str
    title: str
    href: str
    mark: Mark
    here: bool


@dataclass(frozen=True)
class Region:
    """A chapter on the map."""

    number: int
    title: str
    done: int
    stops: list[Stop]


@dataclass(frozen=True)
class Map:
    """The whole course, or what was asked for."""

    regions: list[Region]
    done: int
    total: int


def course_map(results: Results, here: Exercise | None, link: Link) -> Map:
    """The map, on which the learner stands at `here`."""
    regions = [
        _region(results, chapter, exercises, here, link)
        for chapter, exercises in results.chapters
    ]
    return Map(regions, results.passed(results.exercises), len(results.exercises))


def _region(
    results: Results,
    chapter: Chapter,
    exercises: list[Exercise],
    here: Exercise | None,
    link: Link,
) -> Region:
    stops = [
        Stop(e.id, safe_line(e.title), link(e), mark(results, e), e == here)
        for e in exercises
    ]
    title = safe_line(chapter.title)
    return Region(chapter.number, title, results.passed(exercises), stops)
