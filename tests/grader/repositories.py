"""Real git repositories with a little course in them."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from grader import stubs
from grader.course import Course
from tests.grader.samples import ASK, write, write_course

STUB = '"""Ask a question."""\n\n\nasync def ask() -> str:\n    ...  # TODO\n'


def git(root: Path, *words: str) -> str:
    """Run git there, whatever the user's settings are; what it says."""
    who = {"GIT_AUTHOR_NAME": "Ada", "GIT_AUTHOR_EMAIL": "ada@example.org"}
    who |= {"GIT_COMMITTER_NAME": "Ada", "GIT_COMMITTER_EMAIL": "ada@example.org"}
    empty = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    done = subprocess.run(
        ["git", "-c", "init.defaultBranch=main", *words],
        cwd=root,
        env={**os.environ, **who, **empty},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


def commit(root: Path, message: str) -> None:
    """Commit all that is there."""
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--message", message)


def publish(root: Path, stub: str = STUB) -> None:
    """Give exercise 1.1 this stub, and commit it with a true manifest."""
    write(root, ASK, stub)
    write(root, stubs.MANIFEST, stubs.manifest(Course.load(root)))
    commit(root, "A course")


def upstream(root: Path) -> Path:
    """A repository with a course."""
    root.mkdir()
    write_course(root)
    write(root, ".gitignore", ".grader/\n")
    git(root, "init", "--quiet")
    publish(root)
    return root


def clone(source: Path, target: Path) -> Path:
    """A learner's clone of it."""
    git(source.parent, "clone", "--quiet", str(source), str(target))
    return target
