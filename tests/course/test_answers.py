"""Stubs fail, solutions and right answers pass, wrong ones fail by the named test."""

import os

import pytest

from grader.verdict import Verdict

from .conftest import COURSE
from .verdicts import complaints, judge, trials

pytestmark = [pytest.mark.real_loop, pytest.mark.timeout(300)]

TRIALS = {
    name: trial
    for name, trial in trials(COURSE).items()
    # A learner's own answers are no stubs any more, and that is as it should be.
    if "CI" in os.environ or not name.startswith("stub/")
}


@pytest.fixture(scope="module")
def verdicts() -> dict[str, Verdict]:
    """Everything, judged together."""
    return judge(COURSE, TRIALS)


@pytest.mark.parametrize("name", TRIALS)
def test_answer(name: str, verdicts: dict[str, Verdict]) -> None:
    found = "\n".join(map(str, complaints(TRIALS[name], verdicts[name])))
    if found:
        pytest.fail(found, pytrace=False)
