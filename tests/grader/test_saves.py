"""A save is new content, however it comes about."""

from __future__ import annotations

import asyncio
import contextlib
import os
from collections.abc import AsyncGenerator, Callable
from pathlib import Path

import pytest

from grader.mounts import is_silent
from grader.saves import saves, stamp

pytestmark = [pytest.mark.real_loop, pytest.mark.timeout(120)]

MOUNTS = r"""
sysfs /sys sysfs rw,nosuid 0 0
/dev/sda1 / ext4 rw,relatime 0 0
C:\134 /mnt/c 9p rw,dirsync,aname=drvfs;path=C:\ 0 0
server:/export /home nfs4 rw,vers=4.2 0 0
/dev/sdb1 /home/ada/local ext4 rw 0 0
ada@far:/ /home/ada/local/far\040away fuse.sshfs rw 0 0
/dev/sdc1 /media/stick fuseblk rw 0 0
tmpfs /twice tmpfs rw 0 0
//nas/kata /twice cifs rw 0 0
odd line
"""


@pytest.mark.parametrize(
    ("folder", "silent"),
    [
        ("/", False),
        ("/root/kata", False),
        ("/mnt/c/Users/ada/kata", True),
        ("/mnt/cellar", False),
        ("/home/ada/kata", True),
        ("/home/ada/local/kata", False),
        ("/home/ada/local/far away/kata", True),
        ("/media/stick/kata", False),
        ("/twice/kata", True),
    ],
)
def test_network_and_wsl_mounts_are_silent(folder: str, silent: bool) -> None:
    assert is_silent(MOUNTS, folder) is silent


def test_without_a_table_nothing_is_silent() -> None:
    assert not is_silent("", "/kata")


def write_through(file: Path, text: str) -> None:
    file.write_text(text)


def rename_over(file: Path, text: str) -> None:
    draft = file.with_name(".draft")
    draft.write_text(text)
    draft.replace(file)


def delete_and_write(file: Path, text: str) -> None:
    file.unlink()
    file.write_text(text)


async def next_of(events: AsyncGenerator[set[Path], None]) -> set[Path]:
    async with asyncio.timeout(60):
        return await anext(events)


@pytest.mark.parametrize("poll", [False, True], ids=["events", "polling"])
@pytest.mark.parametrize("save", [write_through, rename_over, delete_and_write])
async def test_every_way_to_save_is_seen(
    tmp_path: Path, save: Callable[[Path, str], None], poll: bool
) -> None:
    one, two = tmp_path / "one.py", tmp_path / "two.py"
    one.write_text("1")
    two.write_text("2")

    async with contextlib.aclosing(saves(tmp_path, [one, two], poll=poll)) as events:
        for text in ("a", "b", "c"):
            waiting = asyncio.create_task(next_of(events))
            await asyncio.sleep(0.05)
            save(one, text)
            seen = {file for file in await waiting if file.exists()}
            assert seen <= {one}
            assert one.read_text() == text


async def test_a_save_without_a_change_is_none(tmp_path: Path) -> None:
    one, two = tmp_path / "one.py", tmp_path / "two.py"
    one.write_text("1")

    async with contextlib.aclosing(saves(tmp_path, [one, two])) as events:
        waiting = asyncio.create_task(next_of(events))
        await asyncio.sleep(0.05)
        one.write_text("1")
        one.touch()
        await asyncio.sleep(0.05)
        two.write_text("2")
        assert await waiting == {two}


def come(file: Path) -> None:
    file.parent.mkdir()
    file.write_text("1")


def go(file: Path) -> None:
    file.unlink()
    file.parent.rmdir()


async def test_coming_and_going_are_changes(tmp_path: Path) -> None:
    one = tmp_path / "deep" / "one.py"

    async with contextlib.aclosing(saves(tmp_path, [one])) as events:
        for change in (come, go):
            waiting = asyncio.create_task(next_of(events))
            await asyncio.sleep(0.05)
            change(one)
            assert await waiting == {one}


async def test_a_folder_that_cannot_be_watched_is_looked_at(tmp_path: Path) -> None:
    folder = tmp_path / "later"
    one = folder / "one.py"

    async with contextlib.aclosing(saves(folder, [one])) as events:
        waiting = asyncio.create_task(next_of(events))
        await asyncio.sleep(0.05)
        folder.mkdir()
        one.write_text("1")
        assert await waiting == {one}


def test_a_stamp_tells_writing_the_same_again(tmp_path: Path) -> None:
    file = tmp_path / "one.py"
    file.write_text("1")
    before = stamp(file)
    assert stamp(file) == before

    os.utime(file, ns=(0, 0))

    assert stamp(file) != before
    assert stamp(file).content == before.content


def test_what_is_no_file_has_an_empty_stamp(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to("link")
    os.mkfifo(tmp_path / "pipe")

    for name in ("none", "link", "pipe", "."):
        assert stamp(tmp_path / name).content == ""
