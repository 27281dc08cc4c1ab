"""The miniature course, with those of its answers that git cannot carry."""

import asyncio
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from grader.course import Course
from grader.runner import Settings, run
from grader.verdict import Verdict

KATA = Path(__file__).parent / "kata"
Judge = Callable[..., dict[str, Verdict]]


@pytest.fixture(scope="session")
def kata(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the miniature course in which some answers are no longer files."""
    root = tmp_path_factory.mktemp("course") / "kata"
    shutil.copytree(KATA, root, ignore=shutil.ignore_patterns("__pycache__"))
    broken = root / "exercises" / "ch02_broken"
    (broken / "ex10_missing.py").unlink()
    (broken / "ex11_directory.py").unlink()
    (broken / "ex11_directory.py").mkdir()
    (broken / "ex12_dangling_link.py").unlink()
    (broken / "ex12_dangling_link.py").symlink_to("nowhere.py")
    (broken / "ex13_unreadable.py").chmod(0)
    if os.access(broken / "ex13_unreadable.py", os.R_OK):
        # The superuser reads everything, except a link that leads to itself.
        (broken / "ex13_unreadable.py").unlink()
        (broken / "ex13_unreadable.py").symlink_to("ex13_unreadable.py")
    return root


@pytest.fixture
def course(tmp_path: Path) -> Callable[..., Path]:
    """Makes a course of the answers that are given by name, on the kata's tests."""

    def make(**answers: str) -> Path:
        root = tmp_path / "course"
        for tree in ("exercises", "solutions", "tests"):
            (root / tree / "ch01_own").mkdir(parents=True)
        model = KATA / "tests" / "ch01_ordinary" / "test_ex01_passes.py"
        for number, (name, source) in enumerate(answers.items(), 1):
            stem = f"ex{number:02}_{name}"
            text = model.read_text().replace(
                "ch01_ordinary.ex01_passes", f"ch01_own.{stem}"
            )
            (root / "tests" / "ch01_own" / f"test_{stem}.py").write_text(text)
            (root / "exercises" / "ch01_own" / f"{stem}.py").write_text(source)
        return root

    return make


@pytest.fixture(scope="session")
def judge() -> Judge:
    """Judges the course under a root: verdicts by the exercise's name."""

    def judged(root: Path, *words: str, **settings: object) -> dict[str, Verdict]:
        exercises = Course.load(root).select(words)
        names = {exercise.id: exercise.name for exercise in exercises}
        options = {"answers": Path("exercises"), "limit": 60.0, **settings}

        async def collect() -> dict[str, Verdict]:
            verdicts = run(exercises, Settings(root=root, **options))  # type: ignore[arg-type]
            return {names[verdict.exercise]: verdict async for verdict in verdicts}

        with asyncio.Runner(loop_factory=asyncio.SelectorEventLoop) as runner:
            return runner.run(collect())

    return judged
