"""The files of every exercise keep the contract of the course."""

import os

import pytest

from grader.course import Course

from .contract import CHECKS, STUB_CHECKS, Check

# A learner's own answers are no stubs any more, and that is as it should be.
only_stubs = pytest.mark.skipif("CI" not in os.environ, reason="stubs: only where CI=1")


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_files(check: Check, course: Course) -> None:
    _assert_no_complaint(check, course)


@only_stubs
@pytest.mark.parametrize("check", STUB_CHECKS, ids=lambda check: check.__name__)
def test_stubs(check: Check, course: Course) -> None:
    _assert_no_complaint(check, course)


def _assert_no_complaint(check: Check, course: Course) -> None:
    found = "\n".join(map(str, check(course)))
    if found:
        pytest.fail(f"{check.__doc__}\n{found}", pytrace=False)
