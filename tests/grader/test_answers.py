"""The package `exercises`, looked up in another folder; answers that do not import."""

import importlib
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from grader.harness import answers
from grader.harness.answers import AnswerError, Answers

from .conftest import KATA

ROOT = Path(__file__).resolve().parents[2]
MODULE = "exercises.ch01_own.ex01_one"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    chapter = tmp_path / "answers" / "ch01_own"
    chapter.mkdir(parents=True)
    return tmp_path / "answers"


@pytest.fixture
def finder(folder: Path) -> Iterator[Answers]:
    """Installed over `folder`; afterwards everything is as it was."""
    finders = sys.meta_path[:]
    modules = {n: m for n, m in sys.modules.items() if n.startswith("exercises")}
    yield answers.install(folder)
    answers.uninstall()
    sys.meta_path[:] = finders
    sys.modules.update(modules)


def _write(folder: Path, source: str | bytes) -> Path:
    path = folder / "ch01_own" / "ex01_one.py"
    path.write_bytes(source if isinstance(source, bytes) else source.encode())
    return path


def _refused(source: str | bytes, folder: Path) -> AnswerError:
    _write(folder, source)
    with pytest.raises(AnswerError) as caught:
        importlib.import_module(MODULE)
    return caught.value


def test_the_answer_comes_from_the_folder(finder: Answers, folder: Path) -> None:
    path = _write(folder, "value = 1\n")
    module = importlib.import_module(MODULE)

    assert (module.value, module.__file__) == (1, str(path))
    assert not list(folder.rglob("*.pyc"))


def test_a_file_can_overlay_one_answer(
    finder: Answers, folder: Path, tmp_path: Path
) -> None:
    _write(folder, "value = 1\n")
    (tmp_path / "mine.py").write_text("value = 2\n")
    finder.overlay(MODULE, tmp_path / "mine.py")

    assert importlib.import_module(MODULE).value == 2


def test_an_edit_within_the_same_second_is_seen(finder: Answers, folder: Path) -> None:
    path = _write(folder, "value = 1\n")
    importlib.import_module(MODULE)
    times = path.stat()
    _write(folder, "value = 2\n")
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
    del sys.modules[MODULE]

    assert importlib.import_module(MODULE).value == 2


def test_other_packages_are_left_alone(finder: Answers) -> None:
    assert finder.find_spec("exercises_of_others") is None
    assert finder.find_spec("exercises.a.b.c") is None


def test_one_answer_can_import_another(finder: Answers, folder: Path) -> None:
    (folder / "ch01_own" / "ex02_two.py").write_text("value = 2\n")
    _write(folder, "from exercises.ch01_own.ex02_two import value\n")

    assert importlib.import_module(MODULE).value == 2


REFUSED: list[tuple[str | bytes, str, int]] = [
    ("x = 1\ndef f(:\n    pass\n", "Syntax error in line 2: ", 2),
    ("def f():\npass\n", "Wrong indentation in line 2: ", 2),
    (b"x = 1\ny = '\xe9'\n", "is not UTF-8: byte 0xe9 in line 2.", 2),
    (b"x = 1\n\0\n", "has a NUL byte in line 2.", 2),
    ("x = 1\n\nraise SystemExit(3)\n", "ended the program: `sys.exit(3)`", 3),
    ("def f():\n    return {}['a']\n\nf()\n", "At import: KeyError: 'a'", 2),
    ("import no_such\n", "no module named `no_such` here", 1),
    ("from time import no_such\n", "cannot import name 'no_such' from 'time'", 1),
    ("raise NotImplementedError\n", "At import: NotImplementedError", 1),
    ("import pytest\npytest.skip('x', allow_module_level=True)\n", "At import: ", 2),
]


@pytest.mark.parametrize(("source", "said", "line"), REFUSED)
def test_a_broken_answer_is_refused_with_its_line(
    finder: Answers, folder: Path, source: str | bytes, said: str, line: int
) -> None:
    error = _refused(source, folder)

    assert said in error.message
    assert error.where[-1].line == line


def test_utf16_of_an_editor_is_called_by_its_name(
    finder: Answers, folder: Path
) -> None:
    assert "UTF-16" in _refused("x = 1\n".encode("utf-16"), folder).message


def test_a_byte_order_mark_and_windows_lines_do_no_harm(
    finder: Answers, folder: Path
) -> None:
    _write(folder, b"\xef\xbb\xbfvalue = 1\r\nother = 2\r\n")

    assert importlib.import_module(MODULE).other == 2


def test_a_doubtful_escape_is_not_refused(finder: Answers, folder: Path) -> None:
    _write(folder, 'value = "\\d"\n')

    assert importlib.import_module(MODULE).value == r"\d"


def test_a_pipe_in_the_files_place_does_not_block(
    finder: Answers, folder: Path
) -> None:
    os.mkfifo(folder / "ch01_own" / "ex01_one.py")

    with pytest.raises(AnswerError, match="is a device or pipe, not a file"):
        importlib.import_module(MODULE)


def test_a_missing_name_is_the_answers_fault(finder: Answers, folder: Path) -> None:
    _write(folder, "def great(): ...\n")
    with pytest.raises(ImportError) as caught:
        exec(f"from {MODULE} import greet")
    error = answers.blame(caught.value)

    assert error is not None
    assert error.message.startswith("`greet` is not defined in `")
    assert error.message.endswith("ex01_one.py`. Did you mean `great`?")


def test_a_missing_attribute_is_the_answers_fault(
    finder: Answers, folder: Path
) -> None:
    _write(folder, "x = 1\n")
    module = importlib.import_module(MODULE)
    with pytest.raises(AttributeError) as caught:
        module.greet  # noqa: B018
    error = answers.blame(caught.value)

    assert error is not None
    assert "`greet` is not defined in" in error.message


def test_a_fault_of_the_test_is_not_blamed_on_the_answer(finder: Answers) -> None:
    with pytest.raises(ModuleNotFoundError) as caught:
        importlib.import_module("no_such_helper_of_the_course")

    assert answers.blame(caught.value) is None


def test_only_test_files_of_exercises_have_a_module() -> None:
    assert answers.module_of(Path("tests/ch01_own/test_ex01_one.py")) == MODULE
    assert answers.module_of(Path("tests/grader/test_ex01_one.py")) is None
    assert answers.module_of(Path("tests/ch01_own/test_one.py")) is None


def test_under_plain_pytest_a_broken_answer_fails_its_own_tests_only() -> None:
    done = _pytest("tests/ch02_broken", "tests/ch01_ordinary/test_ex01_passes.py")

    # Nine answers are broken in the files that git carries; two tests each.
    assert "18 failed, 10 passed" in done
    assert "Syntax error in line 3: expected ':'." in done
    assert "exercises/ch02_broken/ex01_syntax_error.py:3  async def answer()" in done
    assert "error" not in done.splitlines()[-1]


def test_under_plain_pytest_what_was_replaced_fails_its_own_tests_only() -> None:
    done = _pytest(
        "tests/ch03_hostile/test_ex13_patches_sleep.py",
        "tests/ch03_hostile/test_ex15_patches_in_a_test.py",
        "tests/ch01_ordinary/test_ex01_passes.py",
    )

    assert "The answer replaced `asyncio.sleep`" in done
    assert "test_ex01_passes.py::" not in done


def test_a_file_cannot_answer_two_exercises() -> None:
    done = _pytest(
        "tests/ch01_ordinary", "--answer", "solutions/ch01_ordinary/ex01_passes.py"
    )

    assert "--answer FILE needs the tests of one exercise" in done


def _pytest(*arguments: str) -> str:
    """What plain pytest says of the miniature course."""
    command = [sys.executable, "-m", "pytest", "-c", str(ROOT / "pyproject.toml")]
    done = subprocess.run(
        [*command, "--rootdir", str(KATA), "-p", "no:cacheprovider", *arguments],
        cwd=KATA,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout + done.stderr
