"""One warm worker serves run after run, as the commands that watch need it."""

import asyncio
import contextlib
import subprocess
import time
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import TypeVar

import pytest

from grader.course import Course
from grader.runner import Case, Runner, RunnerError, Settings
from grader.verdict import Verdict

pytestmark = pytest.mark.real_loop

T = TypeVar("T")
MakeCourse = Callable[..., Path]
GOOD = (
    "import asyncio\n\nasync def answer():\n    await asyncio.sleep(1)\n    return 42\n"
)
PARENT = "import os\nprint(os.getppid())\n" + GOOD
KILLS = "import os, signal\nos.kill(os.getppid(), signal.SIGKILL)\n" + GOOD


def on_a_loop(work: Coroutine[None, None, T]) -> T:
    with asyncio.Runner(loop_factory=asyncio.SelectorEventLoop) as loop:
        return loop.run(work)


async def verdicts_of(runner: Runner, root: Path) -> list[Verdict]:
    """One run of everything, in the order of the course."""
    cases = [Case(exercise) for exercise in Course.load(root).exercises]
    found = {case: verdict async for case, verdict in runner.run_cases(cases)}
    return [found[case] for case in cases]


def settings(root: Path, **more: float) -> Settings:
    return Settings(root, Path("exercises"), **{"limit": 60.0, **more})  # type: ignore[arg-type]


def answer(root: Path) -> Path:
    return root / "exercises" / "ch01_own" / "ex01_one.py"


def test_the_worker_stays_and_the_answer_is_read_anew(course: MakeCourse) -> None:
    root = course(one=PARENT)

    async def twice() -> list[Verdict]:
        async with Runner(settings(root)) as runner:
            await runner.warm_up()
            first = await verdicts_of(runner, root)
            answer(root).write_text(PARENT.replace("42", "43"))
            return first + await verdicts_of(runner, root)

    first, second = on_a_loop(twice())

    assert (first.status, second.status) == ("passed", "failing")
    assert first.tests[0].printed == second.tests[0].printed != ""


def test_a_run_that_is_given_up_ends_its_answers(
    course: MakeCourse, tmp_path: Path
) -> None:
    pid_file = tmp_path / "pid"
    spins = (
        "import os, pathlib\n"
        f"pathlib.Path({str(pid_file)!r}).write_text(str(os.getpid()))\n"
        "while True: pass\n"
    )
    root = course(one=spins)

    async def give_up() -> list[Verdict]:
        async with Runner(settings(root)) as runner:
            task = asyncio.create_task(verdicts_of(runner, root))
            await _until(lambda: pid_file.exists() and pid_file.read_text() != "")
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task
            await _ends(int(pid_file.read_text()))
            answer(root).write_text(GOOD)
            return await verdicts_of(runner, root)

    assert [verdict.status for verdict in on_a_loop(give_up())] == ["passed"]


def test_a_run_that_is_given_up_before_it_began_leaves_nothing(
    course: MakeCourse, tmp_path: Path
) -> None:
    pid_file = tmp_path / "pid"
    spins = (
        "import os, pathlib\n"
        f"pathlib.Path({str(pid_file)!r}).write_text(str(os.getpid()))\n"
        "while True: pass\n"
    )
    root = course(one=GOOD, two=spins)
    every = Course.load(root).exercises

    async def give_up() -> list[Verdict]:
        async with Runner(settings(root, jobs=1)) as runner:
            async for _ in runner.run_cases([Case(every[0])]):
                pass  # the worker is up
            task = asyncio.create_task(anext(runner.run_cases([Case(every[1])])))
            for _ in range(4):  # the request is on its way, and its pid is not back
                await asyncio.sleep(0)
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task
            await asyncio.sleep(0.3)
            if pid_file.exists():
                await _ends(int(pid_file.read_text()))
            return [v async for _, v in runner.run_cases([Case(every[0])])]

    assert [verdict.status for verdict in on_a_loop(give_up())] == ["passed"]


def test_a_later_run_may_lose_its_worker_again(course: MakeCourse) -> None:
    root = course(one=GOOD, two=KILLS, three=KILLS, four=KILLS)
    every = Course.load(root).exercises

    async def thrice() -> list[Verdict]:
        async with Runner(settings(root, jobs=1)) as runner:
            for _ in range(2):
                with pytest.raises(RunnerError, match="worker died twice"):
                    await verdicts_of(runner, root)
            return [v async for _, v in runner.run_cases([Case(every[0])])]

    assert [verdict.status for verdict in on_a_loop(thrice())] == ["passed"]


def test_what_an_answer_leaves_in_its_folder_goes_after_its_run(
    course: MakeCourse,
) -> None:
    litter = "import tempfile\nprint(tempfile.mkdtemp())\n" + GOOD
    root = course(one=litter)

    async def leave() -> None:
        async with Runner(settings(root)) as runner:
            (verdict,) = await verdicts_of(runner, root)
            folder = Path(verdict.tests[0].printed.strip())
            assert folder.name.startswith("tmp")
            await _until(lambda: not folder.exists())

    on_a_loop(leave())


async def _ends(pid: int) -> None:
    """Wait until the process is gone, or nobody's zombie."""

    def is_gone() -> bool:
        command = ["ps", "-o", "stat=", "-p", str(pid)]
        state = subprocess.run(command, capture_output=True)
        return state.stdout.strip()[:1] in (b"", b"Z")

    await _until(is_gone)


async def _until(condition: Callable[[], bool]) -> None:
    """Ask again and again until it holds."""

    def ask() -> None:
        give_up = time.monotonic() + 10
        while not condition():
            assert time.monotonic() < give_up
            time.sleep(0.01)

    await asyncio.to_thread(ask)
