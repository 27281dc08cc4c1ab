"""Which exercises the words of a command line mean, and what they might have meant."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import chain
from typing import TYPE_CHECKING

from grader.errors import CourseError

if TYPE_CHECKING:
    from grader.course import Chapter, Course, Exercise

_A_PART = re.compile(r"[a-z]\w{2,}")  # numbers, and less than three letters, say little
_MOST = 3  # exercises that an ambiguous word is said to mean


def select(course: Course, words: Sequence[str]) -> list[Exercise]:
    """The exercises that `words` name, in course order; all if there are none.

    A word is a number (`1.2`, `1`, `ch01`), a name (`call_is_not_run`), a slug, the
    path of an exercise, its tests or its chapter, or a part of one name only.
    """
    if not words:
        return list(course.exercises)
    names = _names(course)
    chosen = set(chain.from_iterable(_find(word, names) for word in words))
    return [exercise for exercise in course.exercises if exercise in chosen]


def _names(course: Course) -> dict[str, list[Exercise]]:
    """All names of everything. A name that several exercises share means them all."""
    names: dict[str, list[Exercise]] = {}
    for chapter in course.chapters:
        for key in _chapter_names(chapter):
            names.setdefault(key, []).extend(chapter.exercises)
        for exercise in chapter.exercises:
            for key in _exercise_names(exercise):
                names.setdefault(key, []).append(exercise)
    return names


def _chapter_names(chapter: Chapter) -> Iterable[str]:
    return {chapter.slug, chapter.name, f"ch{chapter.number}", str(chapter.number)}


def _exercise_names(exercise: Exercise) -> Iterable[str]:
    full = f"{exercise.chapter}/{exercise.slug}"
    return {exercise.id, exercise.slug, exercise.name, full}


def _find(word: str, names: dict[str, list[Exercise]]) -> list[Exercise]:
    key = _normal(word)
    if key in names:
        return names[key]
    if found := _find_part(word, key, names):
        return found
    raise CourseError(f"`{word}` is no exercise of this course{_suggest(key, names)}")


def _find_part(word: str, key: str, names: dict[str, list[Exercise]]) -> list[Exercise]:
    """What alone has a name that begins with `key`, or else a name that holds it."""
    if not _A_PART.fullmatch(key):
        return []
    begin = [name for name in names if name.startswith(key)]
    fits = begin or [name for name in names if key in name]
    found = list(dict.fromkeys(tuple(names[name]) for name in fits))
    if len(found) > 1:
        known = {
            exercise.id: exercise.name for exercises in found for exercise in exercises
        }
        raise CourseError(_ambiguous(word, known))
    return list(found[0]) if found else []


def _ambiguous(word: str, names: dict[str, str]) -> str:
    shown = [f"`{name}` ({number})" for number, name in names.items()][:_MOST]
    more = ", …" if len(names) > _MOST else ""
    return f"`{word}` may mean {', '.join(shown)}{more}. Type more of the name."


def _normal(word: str) -> str:
    """Turn `tests/ch01_x/test_ex02-some-name.py` into `ch01_x/ex02_some_name`."""
    parts = [p for p in re.split(r"[/\\]", word.strip().casefold()) if p]
    last = parts[-1].removesuffix(".py").replace("-", "_") if parts else ""
    last = last.removeprefix("test_")
    last = re.sub(r"(?<!\d)0+(?=\d)", "", last) if _is_number(last) else last
    folder = parts[-2] if len(parts) > 1 else ""
    return f"{folder}/{last}" if re.match(r"ch\d+_", folder) else last


def _is_number(word: str) -> bool:
    """`01.2`, `1.02`, `ch01` and `01` are numbers; `ch01_first_steps` is a name."""
    return re.fullmatch(r"(ch)?[\d.]+", word) is not None


def _suggest(key: str, names: dict[str, list[Exercise]]) -> str:
    from difflib import get_close_matches  # slow to import, and seldom needed

    chapter = names.get(key.partition(".")[0]) if re.fullmatch(r"\d+\.\d+", key) else []
    if chapter:
        return f": its chapter ends with {chapter[-1].id}. Try `python -m grader list`."
    close = get_close_matches(key.rpartition("/")[2], names, n=1)
    if close:
        return f". Did you mean `python -m grader {close[0]}`?"
    return ". `python -m grader list` shows them all."
