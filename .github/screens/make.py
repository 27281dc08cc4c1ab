"""Draws the README's picture: `python .github/screens/make.py`, from the top.

A learner has solved three exercises and made a mistake in the fourth. The grader
judges that for real; its screen is saved as SVG, beside this file.
"""

import io
import shutil
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
HOME = HERE.parents[1]
sys.path.insert(0, str(HOME))

from rich.console import Console  # noqa: E402
from rich.terminal_theme import MONOKAI  # noqa: E402
from rich.text import Text  # noqa: E402

from grader.course import Course  # noqa: E402
from grader.job import prepare  # noqa: E402
from grader.judging import judge  # noqa: E402
from grader.options import parse  # noqa: E402
from grader.report import screen  # noqa: E402
from grader.results import Results  # noqa: E402

SOLVED = 3
MISTAKE = "await_create_task"


def main() -> None:
    """Judge the answers of such a learner and save what the terminal shows."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder, "kata")
        for tree in ("exercises", "solutions", "tests"):
            shutil.copytree(HOME / tree, root / tree)
        picture = drawn(judged(learners(Course.load(root))))
    (HERE / "failing.svg").write_text(picture, encoding="utf-8")


def learners(course: Course) -> Course:
    """Put the learner's answers in place of the stubs."""
    *solved, failing = course.exercises[: SOLVED + 1]
    for exercise in solved:
        solution = f"solutions/{exercise.chapter}/{exercise.slug}.py"
        shutil.copyfile(course.root / solution, course.root / exercise.path)
    mistake = f"tests/{failing.chapter}/wrong/{failing.slug}/{MISTAKE}.py"
    lines = (course.root / mistake).read_text(encoding="utf-8")
    code = lines.split('"""', 2)[2].lstrip()  # without the words on the mistake
    (course.root / failing.path).write_text(code, encoding="utf-8")
    return course


def judged(course: Course) -> Results:
    """The verdicts on all exercises."""
    job = prepare(course, course.select([]), parse([]))
    judge(job, None, lambda: None)
    return job.results


def drawn(results: Results) -> str:
    """The screen as an SVG."""
    console = Console(record=True, width=84, file=io.StringIO(), force_terminal=True)
    console.print(Text("$ python -m grader", "bold"), Text(), sep="\n")
    console.print(screen(results))
    return console.export_svg(title="asyncio kata", theme=MONOKAI, unique_id="kata")


if __name__ == "__main__":
    main()
