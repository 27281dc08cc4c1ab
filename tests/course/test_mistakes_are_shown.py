"""A recognised mistake stands in the reports, and only there."""

import json
from pathlib import Path

import pytest

from grader.cli import main

from .small import STUB, WRONG, make

pytestmark = [pytest.mark.real_loop, pytest.mark.timeout(60)]

NAME = "Does not wait."
ADVICE = "Await `asyncio.sleep()` with the seconds that you were given."


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The small course, in which the learner was in a hurry."""
    root = make(tmp_path)
    text = (root / WRONG / "in_a_hurry.py").read_text(encoding="utf-8")
    body = text.rpartition('"""')[2].replace("seconds", "duration")
    (root / STUB).write_text(f'"""My nap."""\n{body}', encoding="utf-8")
    return root


def test_in_json_and_on_the_screen(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--course", str(root), "--format", "json"]) == 1

    [chapter] = json.loads(capsys.readouterr().out)["chapters"]
    [exercise] = chapter["exercises"]
    assert exercise["mistake"] == {"name": NAME, "advice": ADVICE}
    assert list((root / ".grader").glob("mistakes-*.json"))

    # Now it is remembered, so that not even a slow machine loses its patience.
    assert main(["--course", str(root)]) == 1

    shown = capsys.readouterr().out
    assert "This looks like a typical mistake\n" in shown
    assert f"  {NAME}\n  {ADVICE}\n" in shown


@pytest.mark.parametrize(
    "body", ["await asyncio.sleep(seconds)", "raise ValueError(1)"]
)
def test_nothing_is_said_of_other_answers(
    body: str, root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = f"import asyncio\n\nasync def nap(seconds):\n    {body}\n"
    (root / STUB).write_text(text, encoding="utf-8")

    main(["--course", str(root)])
    main(["--course", str(root), "--format", "json"])

    out = capsys.readouterr().out
    assert "typical mistake" not in out
    assert '"mistake": null' in out
