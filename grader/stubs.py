"""The stubs as the course gave them, whatever a learner has written or committed since.

`exercises/.stubs` lists git's own name of each stub's content, its blob id. By that
name git finds the content in any clone, on any branch.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import TYPE_CHECKING

from grader import sources
from grader.course import Course, Exercise
from grader.errors import UsageError

if TYPE_CHECKING:
    import subprocess

MANIFEST = "exercises/.stubs"
_HEAD = """\
# Git's names (blob ids) of the stubs, so that they are found whatever came after.
# `KATA_STUBS=write python -m pytest tests/course/test_stubs.py` writes this file.
"""
_PATIENCE = 60  # seconds: a partial clone has to ask its server


def blob_id(data: bytes) -> str:
    """What git calls a file of this content."""
    text = data.replace(b"\r\n", b"\n")  # a checkout on Windows may have these
    return hashlib.sha1(b"blob %d\0%b" % (len(text), text)).hexdigest()


def file_id(path: Path) -> str | None:
    """What git calls the content of a file; None if it cannot be read."""
    try:
        return blob_id(path.read_bytes())
    except OSError:
        return None


def manifest(course: Course) -> str:
    """The text of the manifest for the stubs as they are in the tree now."""
    names = {e.path: file_id(course.root / e.path) for e in course.exercises}
    return _HEAD + "".join(f"{name}  {path}\n" for path, name in names.items())


def known(root: Path) -> dict[str, str]:
    """The blob id of each stub, by the path of its exercise."""
    lines = [line.split() for line in sources.read(root / MANIFEST).splitlines()]
    return {line[1]: line[0] for line in lines if len(line) == 2 and line[0] != "#"}


def is_stub(exercise: Exercise, answer: Path) -> bool:
    """Whether the file `answer` is still what the course gave."""
    name = known(exercise.root).get(exercise.path)
    return name is not None and name == file_id(answer)


def stub(exercise: Exercise) -> bytes:
    """The stub of an exercise out of git, or a UsageError that says why not."""
    name = known(exercise.root).get(exercise.path)
    if name is None:
        raise UsageError(
            f"`{MANIFEST}` does not name the stub of `{exercise.id}`. "
            f"Run `git checkout -- {MANIFEST}`."
        )
    data = _git(exercise, "cat-file", "blob", name)
    if blob_id(data) != name:
        raise UsageError(f"`git` has spoilt `{name}`. Run `git fsck`.")
    return data


def _git(exercise: Exercise, *words: str) -> bytes:
    import subprocess  # slow, and seldom needed

    environment = {k: v for k, v in os.environ.items() if not k.startswith("GIT_")}
    try:
        done = subprocess.run(
            ["git", *words],
            cwd=exercise.root,
            env={**environment, "LC_ALL": "C"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_PATIENCE,
            check=True,
        )
    except FileNotFoundError:
        raise UsageError(_without(exercise, "`git` is not installed")) from None
    except subprocess.SubprocessError as error:
        raise UsageError(_without(exercise, _reason(error))) from None
    return done.stdout


def _reason(error: subprocess.SubprocessError) -> str:
    said = (getattr(error, "stderr", b"") or b"").decode("utf-8", "replace").lower()
    if "not a git repository" in said:
        return "this is no clone of a git repository"
    if "dubious ownership" in said:
        return "`git` does not trust this folder, which belongs to somebody else"
    return "this clone does not hold it (`git fetch --unshallow` may help)"


def _without(exercise: Exercise, why: str) -> str:
    return (
        f"The stub of `{exercise.id}` is kept in git, but {why}: download the course "
        f"again and take `{exercise.path}` from there."
    )
