"""The page of `serve` as one file, to keep or to send."""

from __future__ import annotations

from grader.pages.render import report_page
from grader.results import Results


def html_report(results: Results) -> str:
    """The report as HTML; a lone surrogate, which no file can hold, is a `?`."""
    return report_page(results).encode("utf-8", "replace").decode("utf-8")
