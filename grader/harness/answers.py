"""Which answers are judged: the package `exercises` is looked up in another folder.

`install(DIR)` puts one finder in front of all others. It answers for `exercises`, its
chapters and its exercises, and for nothing else. `overlay()` puts a single file in the
place of one exercise, which is how wrong and right answers are run.
"""

from __future__ import annotations

import asyncio
import difflib
import importlib.abc
import re
import sys
import warnings
from collections.abc import Sequence
from importlib.machinery import ModuleSpec
from importlib.util import spec_from_file_location
from pathlib import Path
from types import ModuleType

from grader.harness.failures import learner_lines, sentence
from grader.harness.frames import short
from grader.harness.sources import AnswerError as AnswerError
from grader.harness.sources import compile_answer, is_empty
from grader.harness.world import World, inhabit

PACKAGE = "exercises"
_TESTS = re.compile(r"test_(ex\d+_\w+)\.py")
_NO_NAME = re.compile(r"cannot import name '(\w+)' from (?:.*module )?'([\w.]+)'")


class Loader(importlib.abc.InspectLoader):
    """Runs one answer from its source; whatever goes wrong is an AnswerError."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def get_source(self, fullname: str) -> str:
        return self.path.read_text(encoding="utf-8-sig", errors="replace")

    def exec_module(self, module: ModuleType) -> None:
        code = compile_answer(self.path)
        try:
            asyncio.set_event_loop(None)  # as on Python 3.14: none unless you make one
            # In a world of its own: nothing at import must take real time.
            with inhabit(World()), warnings.catch_warnings():
                warnings.simplefilter("ignore", DeprecationWarning)
                exec(code, module.__dict__)
        except (AnswerError, KeyboardInterrupt):
            raise
        except BaseException as error:
            raise _import_error(error) from error


class Answers(importlib.abc.MetaPathFinder):
    """Finds the package `exercises` in `directory`."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory.absolute()
        self._overlays: dict[str, Path] = {}

    def overlay(self, module: str, path: Path) -> None:
        """Let `path` be the answer that is imported as `module`."""
        self._overlays[module] = path.absolute()

    def path_of(self, module: str) -> Path:
        """The file that is imported as `module`."""
        _, *parts = module.split(".")
        file = self.directory.joinpath(*parts).with_suffix(".py")
        return self._overlays.get(module, file)

    def find_spec(
        self,
        fullname: str,
        path: Sequence[str] | None = None,
        target: ModuleType | None = None,
    ) -> ModuleSpec | None:
        package, *parts = fullname.split(".")
        if package != PACKAGE or len(parts) > 2:
            return None
        if len(parts) < 2:
            return _folder_spec(fullname, self.directory.joinpath(*parts))
        file = self.path_of(fullname)
        # Its origin shall be the file, also when there is nothing to be loaded there.
        return spec_from_file_location(fullname, file, loader=Loader(file))


def _folder_spec(fullname: str, folder: Path) -> ModuleSpec:
    """A namespace package, so that nobody needs an `__init__.py`."""
    spec = ModuleSpec(fullname, None, is_package=True)
    spec.submodule_search_locations = [str(folder)]
    return spec


def install(directory: Path) -> Answers:
    """Judge the answers in `directory` from now on."""
    uninstall()
    answers = Answers(directory)
    sys.meta_path.insert(0, answers)
    return answers


def uninstall() -> None:
    """Undo `install()`, and forget the answers imported so far."""
    sys.meta_path[:] = [f for f in sys.meta_path if not isinstance(f, Answers)]
    for name in [n for n in sys.modules if n.partition(".")[0] == PACKAGE]:
        del sys.modules[name]


def installed() -> Answers | None:
    """The finder that `install()` put in place."""
    return next((f for f in sys.meta_path if isinstance(f, Answers)), None)


def module_of(tests: Path) -> str | None:
    """The module that a test file judges; None if it is no exercise's test file."""
    match = _TESTS.fullmatch(tests.name)
    if match is None or not re.match(r"ch\d+_", tests.parent.name):
        return None
    return f"{PACKAGE}.{tests.parent.name}.{match[1]}"


def answer_to(tests: Path) -> Path | None:
    """The file that these tests judge."""
    answers, module = installed(), module_of(tests)
    return answers.path_of(module) if answers and module else None


def blame(error: BaseException) -> AnswerError | None:
    """Why the answer's import failed; None if it is not the answer's fault.

    `error` is what importing the *test* raised, perhaps wrapped by pytest.
    """
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, AnswerError):
            return cause
        if isinstance(cause, ImportError) and (found := _no_name(str(cause))):
            return found
        if isinstance(cause, AttributeError) and (found := _no_attribute(cause)):
            return found
        cause = cause.__cause__
    where = learner_lines(error)
    return AnswerError(sentence(error), where) if where else None


def _import_error(error: BaseException) -> AnswerError:
    where = learner_lines(error)
    return AnswerError(f"At import: {sentence(error)}", where)


def _no_name(message: str) -> AnswerError | None:
    match = _NO_NAME.match(message)
    if match is None or match[2].partition(".")[0] != PACKAGE:
        return None
    return _not_defined(match[1], match[2])


def _no_attribute(error: AttributeError) -> AnswerError | None:
    if not isinstance(error.obj, ModuleType):
        return None
    module = error.obj.__name__
    if module.partition(".")[0] != PACKAGE:
        return None
    return _not_defined(error.name or "", module)


def _not_defined(name: str, module: str) -> AnswerError:
    answers = installed()
    path = answers.path_of(module) if answers else Path(module)
    names = getattr(sys.modules.get(module), "__dict__", {})
    close = difflib.get_close_matches(name, names, 1)
    why = f" Did you mean `{close[0]}`?" if close else ""
    if is_empty(path):
        why = " The file is empty."
    return AnswerError(f"`{name}` is not defined in `{short(str(path))}`.{why}")
