"""Fills the templates: the live page, and the whole report as one file."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from grader.course import Exercise
from grader.pages.course_map import course_map
from grader.pages.views import view
from grader.results import Results
from grader.words import duration, safe, safe_line

_HERE = Path(__file__).parent


def live_page(
    results: Results,
    exercise: Exercise | None,
    *,
    hints: int = 0,
    judging: bool = False,
    revision: int = 0,
) -> str:
    """The page about `exercise`; without one, the map and how far the judging is."""
    shown = (
        view(results, exercise, _page, hints=hints, judging=judging)
        if exercise is not None
        else None
    )
    return (
        _templates()
        .get_template("live.html")
        .render(
            map=course_map(results, exercise, _page),
            view=shown,
            results=results,
            judged=safe_line(results.judged),
            fault=safe(results.fault or ""),
            revision=revision,
        )
    )


def report_page(results: Results) -> str:
    """Everything that is known as one file that needs nothing and loads nothing."""
    first = results.first_unsolved
    style = static("page.css")
    digest = hashlib.sha256(style.encode()).digest()
    return (
        _templates()
        .get_template("report.html")
        .render(
            map=course_map(results, first[0] if first else None, _anchor),
            views=[
                view(results, exercise, _anchor, hints=0, judging=False)
                for exercise in results.exercises
                if results.verdict(exercise)
            ],
            first=first[0].id if first else None,
            results=results,
            judged=safe_line(results.judged),
            fault=safe(results.fault or ""),
            seconds=duration(results.seconds),
            waited=duration(results.virtual_seconds),
            style=Markup(style),
            style_hash=base64.b64encode(digest).decode(),
        )
    )


def static(name: str) -> str:
    """The text of a static file."""
    return (_HERE / "static" / name).read_text(encoding="utf-8")


def _page(exercise: Exercise) -> str:
    return f"/{exercise.id}"


def _anchor(exercise: Exercise) -> str:
    return f"#exercise-{exercise.id}"


@cache
def _templates() -> Environment:
    return Environment(
        loader=FileSystemLoader(_HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
