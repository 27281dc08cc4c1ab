"""Typical mistakes are named, in whatever words, and nothing else is."""

from pathlib import Path

import pytest

from grader import cache

from .conftest import COURSE
from .recognition import Outcome, attempts, outcomes

pytestmark = [pytest.mark.real_loop, pytest.mark.timeout(600)]

ATTEMPTS = {attempt.name: attempt for attempt in attempts(COURSE)}


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Outcome]:
    """Everything, judged together, with nothing remembered from before."""
    folder: Path = tmp_path_factory.mktemp("mistakes")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cache, "FOLDER", str(folder / "cache"))
        return outcomes(COURSE, list(ATTEMPTS.values()), folder)


@pytest.mark.parametrize("name", ATTEMPTS)
def test_mistake(name: str, found: dict[str, Outcome]) -> None:
    verdict, mistake = found[name].verdict, found[name].mistake

    messages = [verdict.message, *(test.message for test in verdict.tests)]
    told = "\n\n".join(filter(None, messages))
    assert ATTEMPTS[name].is_right(mistake), f"{mistake}: {verdict.status}\n{told}"
