"""An answer's file: read and compiled, or in words why that cannot be done."""

from __future__ import annotations

import codecs
import stat
import warnings
from pathlib import Path
from types import CodeType

from grader.harness.errors import LabError
from grader.harness.frames import line_at, short
from grader.verdict import Line


class AnswerError(LabError, ImportError):
    """The answer cannot be imported. Never the fault of the test that tried."""


def compile_answer(path: Path) -> CodeType:
    """Compile the file as it is now: no `.pyc` is read or written."""
    text = _decode(path, _read(path))
    try:
        with warnings.catch_warnings():
            # A doubtful "\d" is worth a warning, and no reason to refuse the file.
            warnings.simplefilter("ignore")
            return compile(text, str(path), "exec", dont_inherit=True)
    except SyntaxError as error:
        raise _syntax_error(path, error) from None
    except (ValueError, OverflowError, RecursionError, MemoryError) as error:
        name = type(error).__name__
        raise AnswerError(
            f"`{short(str(path))}` is too much for Python's compiler ({name})."
        ) from None


def is_empty(path: Path) -> bool:
    """Whether there is nothing in the file but white space."""
    try:
        return not path.read_bytes().strip()
    except OSError:
        return False


def _read(path: Path) -> bytes:
    name = f"`{short(str(path))}`"
    try:
        mode = path.stat().st_mode
        if stat.S_ISREG(mode):
            return path.read_bytes()
    except FileNotFoundError:
        raise AnswerError(_missing(path)) from None
    except OSError as error:
        why = (error.strerror or str(error)).lower()
        raise AnswerError(f"{name} cannot be read: {why}.") from None
    kind = "a folder" if stat.S_ISDIR(mode) else "a device or pipe"
    raise AnswerError(f"{name} is {kind}, not a file.")


def _missing(path: Path) -> str:
    name = short(str(path))
    if path.is_symlink():
        return f"`{name}` is a link to `{path.readlink()}`, which does not exist."
    if name.startswith("exercises/"):
        return f"`{name}` is missing. `git restore {name}` brings it back."
    return f"`{name}` is missing: there is no answer to judge."


def _decode(path: Path, data: bytes) -> str:
    name = f"`{short(str(path))}`"
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise AnswerError(f"{name} is saved as UTF-16: save it as UTF-8.")
    nul = data.find(b"\0")
    if nul >= 0:
        line = _line(path, data, nul)
        raise AnswerError(f"{name} has a NUL byte in line {line.line}.", (line,))
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = _line(path, data, error.start)
        byte = data[error.start]
        raise AnswerError(
            f"{name} is not UTF-8: byte 0x{byte:02x} in line {line.line}. "
            "Save the file as UTF-8.",
            (line,),
        ) from None


def _line(path: Path, data: bytes, offset: int) -> Line:
    number = data.count(b"\n", 0, offset) + 1
    source = data.splitlines()[number - 1].decode("utf-8", "backslashreplace")
    return Line(short(str(path)), number, source.replace("\0", "\\0").strip()[:200])


def _syntax_error(path: Path, error: SyntaxError) -> AnswerError:
    number = error.lineno or 1
    line = line_at(str(path), number)
    if not line.source and error.text:
        line = Line(line.path, number, error.text.strip())
    kind = {"SyntaxError": "Syntax error"}.get(
        type(error).__name__, "Wrong indentation"
    )
    return AnswerError(f"{kind} in line {number}: {error.msg}.", (line,))
