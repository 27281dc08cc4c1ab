"""The command line: what was typed, turned into `Options`, or a UsageError."""

from __future__ import annotations

import math
import os
import re
from argparse import SUPPRESS, ArgumentParser, RawDescriptionHelpFormatter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NoReturn

from grader import dispatch
from grader.errors import UsageError

FORMATS = ("text", "json", "junit", "exercism", "html")
_ABOUT = """\
Judge your answers and show the next thing to look at.

  python -m grader                  judge everything
  python -m grader 1.2 ch02         judge an exercise and a chapter

commands:
"""


@dataclass
class Options:
    """What was typed."""

    command: str = "judge"
    words: list[str] = field(default_factory=list)
    answers: str = "exercises"
    answer: str | None = None
    format: str = "text"
    output: Path | None = None
    port: int | None = None
    limit: float = 10.0
    jobs: int = 1
    memory: int = 1024
    course: Path | None = None
    fork: bool = True
    all: bool = False
    poll: bool = False
    peek: bool = False
    todo: bool = False
    failing: bool = False
    passed: bool = False
    version: bool = False


def parse(argv: Sequence[str]) -> Options:
    """Read the command line. Options and words may come in any order."""
    typed, unknown = _parser().parse_known_intermixed_args(argv)
    if unknown:
        raise UsageError(_unknown_option(unknown[0]))
    options = Options(**{"jobs": _cores(), **vars(typed)})
    if options.words and options.words[0] in dispatch.names():
        options.command, *options.words = options.words
    return options


class _Parser(ArgumentParser):
    def format_help(self) -> str:
        """The commands are listed by name: their files say what they do."""
        lines = [f"  {name:<10} {dispatch.summary(name)}" for name in dispatch.names()]
        self.description = _ABOUT + "\n".join(lines)
        return super().format_help()

    def error(self, message: str) -> NoReturn:
        """Say it in our words: argparse would print its usage and exit."""
        match = re.match(r"argument (\S+?)(?:/\S+)?: expected", message)
        what = f"`{match[1]}` needs a value" if match else f"`{message}`"
        raise UsageError(f"{what}. `python -m grader --help` shows how.")


def _parser() -> _Parser:
    parser = _Parser(
        prog="python -m grader",
        usage="python -m grader [COMMAND] [EXERCISE ...] [options]",
        formatter_class=RawDescriptionHelpFormatter,
        allow_abbrev=False,
        argument_default=SUPPRESS,
    )
    _add_options(parser)
    return parser


def _add_options(parser: ArgumentParser) -> None:
    add = parser.add_argument
    add("words", nargs="*", metavar="EXERCISE", help="`1.2`, `ch02`, a name or a path")
    add("--answers", metavar="DIR", help="judge this folder instead of `exercises`")
    add("--answer", metavar="FILE", help="judge this file as the answer to EXERCISE")
    add("--format", type=_format, metavar="FORMAT", help=" ".join(FORMATS))
    add("--output", type=Path, metavar="FILE", help="write the report to a file")
    seconds, whole = _number("--limit", float), _number("--jobs", int)
    add("--limit", type=seconds, metavar="SECONDS", help="real time per exercise (10)")
    add("--jobs", type=whole, metavar="N", help="how many at a time (your cores)")
    memory = _number("--memory", int)
    add("--memory", type=memory, metavar="MIB", help="memory per exercise (1024)")
    port = _number("--port", int)
    add("--port", type=port, metavar="N", help="with `serve`: where it listens (8765)")
    add("--all", action="store_true", help="with `hint`: all hints at once")
    for name in ("todo", "failing", "passed"):
        add(f"--{name}", action="store_true", help=f"with `list`: only those {name}")
    add("--peek", action="store_true", help="with `solution`: before you have passed")
    poll = "with `watch`, `serve`: look for saves, do not wait for events"
    add("--poll", action="store_true", help=poll)
    add("--version", action="store_true", help="show the version")
    group = parser.add_argument_group("for maintainers")
    group.add_argument("--course", type=Path, metavar="DIR", help="another course")
    group.add_argument("--no-fork", dest="fork", action="store_false", help="spawn")


def _number(option: str, kind: type[int] | type[float]) -> Callable[[str], float]:
    def convert(text: str) -> float:
        try:
            number = kind(text)
        except ValueError:
            number = 0
        if math.isfinite(number) and number > 0:
            return number
        noun = "whole number" if kind is int else "number"
        raise UsageError(
            f"`{option} {text}` is not a {noun} above 0. "
            "`python -m grader --help` shows what it means."
        )

    return convert


def _format(text: str) -> str:
    if text in FORMATS:
        return text
    *others, last = [f"`{name}`" for name in FORMATS]
    names = f"{', '.join(others)} or {last}"
    raise UsageError(f"`--format {text}` is unknown. Try `--format` with {names}.")


def _unknown_option(word: str) -> str:
    from difflib import get_close_matches  # slow to import, and seldom needed

    known = [o for a in _parser()._actions for o in a.option_strings]
    close = get_close_matches(word.partition("=")[0], known, n=1)
    if close:
        return f"`{word}` is no option. Did you mean `{close[0]}`?"
    return f"`{word}` is no option. `python -m grader --help` shows them all."


def _cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
