"""What is to be judged, checked before anything slow begins."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from grader.course import Course, Exercise
from grader.errors import UsageError
from grader.files import check_writable
from grader.options import Options
from grader.results import Results


@dataclass
class Job:
    """What was asked for, the folder and perhaps file of answers, what is known."""

    options: Options
    answers: Path
    answer: Path | None
    results: Results


def prepare(course: Course, exercises: Sequence[Exercise], options: Options) -> Job:
    """Check what was asked for, so that nothing is judged in vain."""
    if options.output is not None:
        check_writable(options.output)
    answer = Path(options.answer).absolute() if options.answer else None
    if answer is not None and not answer.is_file():
        raise UsageError(f"`--answer {options.answer}` is no file. Name one that is.")
    folder = _answers(course, options.answers)
    shown = _shown(folder, course.root.absolute(), options.answers)
    place = "" if options.course is None else str(options.course)
    results = Results(course, exercises, shown, options.answer, place)
    return Job(options, folder, answer, results)


def _answers(course: Course, given: str) -> Path:
    """The folder of answers: in the course, or else from here."""
    places = [course.root / given, Path(given)]
    folder = next((place for place in places if place.is_dir()), None)
    if folder is None:
        raise UsageError(
            f"`--answers {given}` is no folder. Try `--answers solutions`."
        )
    if not any((folder / chapter.slug).is_dir() for chapter in course.chapters):
        slug = course.chapters[0].slug
        raise UsageError(
            f"`--answers {given}` holds no chapter of this course, such as `{slug}`. "
            "Name the folder that does."
        )
    return folder.absolute()


def _shown(folder: Path, root: Path, given: str) -> str:
    """How to call the folder of answers on the screen."""
    if folder.is_relative_to(root):
        return folder.relative_to(root).as_posix()
    return given
