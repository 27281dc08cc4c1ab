"""Reports for other programs: pure functions from results to text."""

from __future__ import annotations

from collections.abc import Callable

from grader.formats.json_report import json_report
from grader.formats.text_report import text_report
from grader.results import Results

FORMATS: dict[str, Callable[[Results], str]] = {
    "text": text_report,
    "json": json_report,
}
