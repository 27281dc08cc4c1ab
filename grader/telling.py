"""Whether a timeline tells a learner something, or only fills the screen."""

from __future__ import annotations

import re
from collections.abc import Sequence

from grader.timeline_chart import chart
from grader.verdict import Row, TestVerdict

# A timeline helps when time or order went wrong, and is noise when a value did.
_ABOUT_TIME = re.compile(
    r"\b(seconds?|\d+(\.\d+)? s|times?|timeout|deadline|wait\w*|order|once|before"
    r"|after|first|last|longest|soon|late|later|early|concurrent\w*|together|overlap\w*"
    r"|deadlock|never|still|cancel\w*|block\w*|freez\w*|froz\w*|sleep\w*)\b",
    re.IGNORECASE,
)


def worth_drawing(test: TestVerdict) -> Sequence[Row]:
    """The rows to draw beside a failing test; none if a chart would say nothing."""
    rows = test.timeline or ()
    if not chart(rows, 80):
        return ()
    if any(span.doing == "frozen" for row in rows for span in row.spans):
        return rows
    about_time = _ABOUT_TIME.search(f"{test.rule} {test.message}") is not None
    return rows if about_time and len(rows) > 1 else ()
