"""Reports for other programs: pure functions from results to text.

Each is imported only when it is asked for: templates take their time to load.
"""

from __future__ import annotations

from collections.abc import Callable

from grader.results import Results


def text(results: Results) -> str:
    """What a terminal shows."""
    from grader.formats.text_report import text_report

    return text_report(results)


def json(results: Results) -> str:
    """The stable interface for tools."""
    from grader.formats.json_report import json_report

    return json_report(results)


def junit(results: Results) -> str:
    """What GitLab, GitHub and Jenkins read."""
    from grader.formats.junit_report import junit_report

    return junit_report(results)


def exercism(results: Results) -> str:
    """What Exercism's website reads; about one exercise."""
    from grader.formats.exercism_report import exercism_report

    return exercism_report(results)


def html(results: Results) -> str:
    """The page that `serve` shows, as one file."""
    from grader.formats.html_report import html_report

    return html_report(results)


FORMATS: dict[str, Callable[[Results], str]] = {
    "text": text,
    "json": json,
    "junit": junit,
    "exercism": exercism,
    "html": html,
}
