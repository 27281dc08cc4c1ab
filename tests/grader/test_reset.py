"""`reset` brings the stub back, and never loses what a learner has written."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import pytest

from grader import cli, stubs
from tests.grader.repositories import STUB, clone, commit, git, upstream
from tests.grader.samples import ASK, write

MINE = "async def ask() -> str:\n    return 'mine'\n"
BACKUPS = ".grader/backups/ch01_asking"

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="needs git")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return clone(upstream(tmp_path / "upstream"), tmp_path / "clone")


class Reset:
    """`python -m grader reset 1.1`, in this process."""

    def __init__(self, root: Path, capture: pytest.CaptureFixture[str]) -> None:
        self._root, self._capture = root, capture

    def __call__(self) -> tuple[int, str]:
        code = cli.main(["reset", "ask", "--course", str(self._root)])
        out, err = self._capture.readouterr()
        return code, out + err


@pytest.fixture
def reset(root: Path, capsys: pytest.CaptureFixture[str]) -> Reset:
    return Reset(root, capsys)


def backups(root: Path) -> list[Path]:
    return sorted((root / BACKUPS).glob("*"))


def test_the_stub_comes_back_and_the_answer_is_kept(root: Path, reset: Reset) -> None:
    write(root, ASK, MINE)

    code, out = reset()

    (backup,) = backups(root)
    assert code == 0
    assert out == (
        f"`{ASK}` is the stub again.\nYour text is kept:\n{BACKUPS}/{backup.name}\n"
    )
    assert (root / ASK).read_text() == STUB
    assert backup.read_text() == MINE
    assert [p.name for p in (root / ASK).parent.glob(".*")] == []


def test_it_does_not_matter_what_was_committed_or_which_branch_it_is(
    root: Path, reset: Reset
) -> None:
    git(root, "switch", "--quiet", "--orphan", "mine")
    git(root, "checkout", "main", "--", ".")
    write(root, ASK, MINE)
    commit(root, "Mine")

    assert reset()[0] == 0
    assert (root / ASK).read_text() == STUB
    assert backups(root)[0].read_text() == MINE


def test_every_backup_has_a_name_of_its_own(root: Path, reset: Reset) -> None:
    for text in ("one", "two", "three"):
        write(root, ASK, text)
        reset()

    assert sorted(p.read_text() for p in backups(root)) == ["one", "three", "two"]


def test_a_stub_stays_as_it_is(root: Path, reset: Reset) -> None:
    code, out = reset()

    assert code == 0
    assert "still is the stub: nothing was changed" in " ".join(out.split())
    assert backups(root) == []


@pytest.mark.parametrize("folder_too", [False, True])
def test_what_is_missing_is_made(root: Path, reset: Reset, folder_too: bool) -> None:
    (root / ASK).unlink()
    if folder_too:
        shutil.rmtree((root / ASK).parent)

    code, out = reset()

    assert (code, out) == (0, f"`{ASK}` is the stub again.\n")
    assert (root / ASK).read_text() == STUB


def test_a_directory_in_its_place_is_kept_whole(root: Path, reset: Reset) -> None:
    (root / ASK).unlink()
    write(root, f"{ASK}/inside.py", MINE)

    assert reset()[0] == 0
    assert (root / ASK).read_text() == STUB
    assert (backups(root)[0] / "inside.py").read_text() == MINE


def test_a_dangling_link_is_kept_as_it_is(root: Path, reset: Reset) -> None:
    (root / ASK).unlink()
    (root / ASK).symlink_to("nowhere.py")

    assert reset()[0] == 0
    assert (root / ASK).read_text() == STUB
    assert not (root / ASK).is_symlink()
    assert backups(root)[0].readlink() == Path("nowhere.py")


def test_what_a_link_leads_to_is_copied_and_left_alone(
    root: Path, reset: Reset
) -> None:
    write(root, "elsewhere/mine.py", MINE)
    (root / ASK).unlink()
    (root / ASK).symlink_to(root / "elsewhere/mine.py")

    assert reset()[0] == 0
    assert (root / ASK).read_text() == STUB
    assert not (root / ASK).is_symlink()
    assert (root / "elsewhere/mine.py").read_text() == MINE
    assert backups(root)[0].read_text() == MINE


def test_a_read_only_file_is_no_obstacle(root: Path, reset: Reset) -> None:
    write(root, ASK, MINE)
    (root / ASK).chmod(0o400)

    assert reset()[0] == 0
    assert (root / ASK).read_text() == STUB
    assert backups(root)[0].read_text() == MINE


@pytest.mark.skipif(sys.platform == "win32", reason="folders are writable there")
@pytest.mark.parametrize("folder", ["exercises/ch01_asking", ".grader"])
def test_where_nothing_may_be_written_nothing_is_changed(
    root: Path, reset: Reset, folder: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(root, ASK, MINE)
    (root / ".grader").mkdir(exist_ok=True)
    if os.geteuid() == 0:  # the superuser may write everywhere
        _forbid(root / folder, monkeypatch)
    (root / folder).chmod(0o500)

    code, out = reset()

    (root / folder).chmod(0o700)
    assert code == 2
    assert "Nothing was changed: make it writable and try again." in out
    assert (root / ASK).read_text() == MINE
    assert [p.name for p in (root / ASK).parent.glob(".*")] == []


def _forbid(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Refuse as the system does."""

    def refusing(original: object, method: str) -> None:
        def wrapped(self: Path, *args: object, **kwargs: object) -> object:
            if folder in self.parents:
                raise PermissionError(13, "Permission denied", str(self))
            return original(self, *args, **kwargs)  # type: ignore[operator]

        monkeypatch.setattr(Path, method, wrapped)

    for name in ("write_bytes", "mkdir", "replace"):
        refusing(getattr(Path, name), name)


def test_a_backup_place_that_is_a_file_is_no_place(root: Path, reset: Reset) -> None:
    write(root, ASK, MINE)
    write(root, ".grader", "a file")

    code, _ = reset()

    assert code == 2
    assert (root / ASK).read_text() == MINE


def test_when_the_last_step_fails_the_answer_is_put_back(
    root: Path, reset: Reset, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(self: Path, target: Path) -> Path:
        raise PermissionError(13, "Permission denied", str(target))

    write(root, ASK, MINE)
    monkeypatch.setattr(Path, "replace", refuse)

    assert reset()[0] == 2
    assert (root / ASK).read_text() == MINE


def test_without_git_one_sentence_says_what_to_do(
    root: Path, reset: Reset, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(root, ASK, MINE)
    monkeypatch.setenv("PATH", "")

    code, out = reset()

    assert code == 2
    assert out == (
        "asyncio kata: The stub of `1.1` is kept in git, but `git` is not installed: "
        f"download the course again and take `{ASK}` from there.\n"
    )
    assert (root / ASK).read_text() == MINE


def test_a_copy_without_its_repository_says_so_too(root: Path, reset: Reset) -> None:
    write(root, ASK, MINE)
    shutil.rmtree(root / ".git")

    code, out = reset()

    assert code == 2
    assert "kept in git, but this is no clone of a git repository: download" in out


def test_a_stub_that_git_does_not_have_is_told(root: Path, reset: Reset) -> None:
    write(root, ASK, MINE)
    write(root, stubs.MANIFEST, f"{'0' * 40}  {ASK}\n")

    assert "this clone does not hold it" in reset()[1]
    write(root, stubs.MANIFEST, "")
    assert f"`{stubs.MANIFEST}` does not name the stub of `1.1`." in reset()[1]
    assert (root / ASK).read_text() == MINE


def test_the_names_are_those_that_git_gives(root: Path) -> None:
    assert git(root, "hash-object", ASK).strip() == stubs.file_id(root / ASK)
    assert stubs.blob_id(b"a\r\nb\r\n") == stubs.blob_id(b"a\nb\n")
