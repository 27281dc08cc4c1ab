"""`exercises/.stubs` names every stub, and git finds each of them by its name.

`KATA_STUBS=write python -m pytest tests/course/test_stubs.py` writes it anew.
"""

import os
import subprocess

import pytest

from grader import stubs
from grader.course import Course

REMEDY = "Run `KATA_STUBS=write python -m pytest tests/course/test_stubs.py`."


def test_the_manifest_names_every_exercise(course: Course) -> None:
    if os.environ.get("KATA_STUBS") == "write":
        text = stubs.manifest(course)
        (course.root / stubs.MANIFEST).write_text(text, encoding="utf-8")

    named = set(stubs.known(course.root))

    assert named == {exercise.path for exercise in course.exercises}, REMEDY


# A learner's own answers are no stubs any more, and that is as it should be.
@pytest.mark.skipif("CI" not in os.environ, reason="stubs: only where CI=1")
def test_the_manifest_names_the_stubs_as_they_are(course: Course) -> None:
    text = (course.root / stubs.MANIFEST).read_text(encoding="utf-8")

    assert text == stubs.manifest(course), REMEDY


def test_git_finds_every_stub(course: Course) -> None:
    if not (course.root / ".git").exists():
        pytest.skip("this is no clone")
    names = stubs.known(course.root)

    answer = subprocess.run(
        ["git", "cat-file", "--batch-check=%(objecttype)"],
        cwd=course.root,
        input="".join(f"{name}\n" for name in names.values()),
        capture_output=True,
        text=True,
        check=True,
    )

    kinds = dict(zip(names, answer.stdout.splitlines(), strict=True))
    lost = {path: kind for path, kind in kinds.items() if kind != "blob"}
    assert lost == {}, "Run `git add exercises` and commit."
