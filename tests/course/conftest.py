"""The course of this repository."""

from pathlib import Path

import pytest

from grader.course import Course

ROOT = Path(__file__).resolve().parents[2]
COURSE = Course.load(ROOT)


@pytest.fixture
def course() -> Course:
    """The course of this repository."""
    return COURSE
