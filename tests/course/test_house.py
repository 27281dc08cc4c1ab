"""What the README, CONTRIBUTING and the workflow say is true of the tree."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from grader import dispatch
from grader.course import Course, Exercise
from grader.errors import UsageError

from .conftest import COURSE, ROOT

PAGES = ["README.md", "CONTRIBUTING.md", "CHANGELOG.md"]
_FENCED = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)


def read(path: str) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


def project() -> dict[str, Any]:
    table: dict[str, Any] = tomllib.loads(read("pyproject.toml"))["project"]
    return table


def anchors(page: Path) -> set[str]:
    """What GitHub makes of the headings of a page."""
    text = _FENCED.sub("", page.read_text(encoding="utf-8"))
    titles = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", t.lower()).replace(" ", "-") for t in titles}


@pytest.mark.parametrize("exercise", COURSE.exercises, ids=lambda e: e.id)
def test_the_readme_lists_each_exercise(exercise: Exercise) -> None:
    link = f"[{exercise.id} {exercise.title}]({exercise.path})"

    assert link in read("README.md"), f"README.md: the table needs {link}"
    assert f"[{exercise.id}](" in read("README.md"), (
        "README.md: what is it a pattern for?"
    )


def test_the_readme_lists_each_chapter(course: Course) -> None:
    for chapter in course.chapters:
        page = f"exercises/{chapter.slug}/README.md"
        assert f"[{chapter.number}. {chapter.title}]({page})" in read("README.md")


def test_the_readme_says_how_many_exercises_there_are(course: Course) -> None:
    assert f"0 of {len(course.exercises)} solved" in read("README.md")


@pytest.mark.parametrize("page", PAGES)
def test_links_lead_somewhere(page: str) -> None:
    text = _FENCED.sub("", read(page))
    for target in re.findall(r"\]\((?!https?:)([^)]+)\)", text):
        path, _, anchor = target.partition("#")
        file = ROOT / (path or page)
        assert file.exists(), f"{page}: {target} leads nowhere"
        assert not anchor or anchor in anchors(file), f"{page}: {target} leads nowhere"


@pytest.mark.parametrize("page", PAGES)
def test_commands_exist(page: str, course: Course) -> None:
    for word in re.findall(r"python -m grader ([^\s`-]\S*)", read(page)):
        known = word.strip("`.,") in dispatch.names() or selects(course, word)
        assert known or word.startswith("2."), f"{page}: there is no `{word}`"


def selects(course: Course, word: str) -> bool:
    try:
        return bool(course.select([word.strip("`.,")]))
    except UsageError:
        return False


def test_continuous_integration_does_what_the_readme_says() -> None:
    install, test = re.findall(r"(python -m pip.*dev.*) && (.*)", read("README.md"))[0]

    steps = read(".ci/run").replace("--quiet --disable-pip-version-check ", "")
    assert install in steps
    assert test in steps


def test_the_workflow_runs_every_python_that_is_promised() -> None:
    promised = re.findall(r"Python :: (3\.\d+)", " ".join(project()["classifiers"]))
    [matrix] = re.findall(r"python: \[(.*)\]", read(".github/workflows/ci.yml"))

    assert re.findall(r"3\.\d+", matrix) == promised


def test_each_dependency_has_its_reason() -> None:
    extras = project()["optional-dependencies"].values()
    every = [*project()["dependencies"], *(name for extra in extras for name in extra)]
    for requirement in every:
        name = re.split(r"[<>=\[]", requirement)[0]
        row = f"| `{name}` | "
        assert row in read("CONTRIBUTING.md"), f"CONTRIBUTING.md needs a row {row}…"
        assert re.search(r">=[\d.]+,<\d+$", requirement), f"{requirement}: no bounds"
