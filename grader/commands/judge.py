"""Judge the answers, all or those that are named."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.call import ALL_PASSED, GRADER_FAILED, INTERRUPTED, NOT_YET, Call, only
from grader.job import prepare
from grader.results import Results
from grader.terminal import console, show, write
from grader.updates import notice

if TYPE_CHECKING:
    from rich.console import Console

    from grader.options import Options


def run(call: Call) -> int:
    """Judge, show or write the report, and say by the exit code how it went."""
    from grader.progress import live, plain, quiet

    options = call.options
    exercises = call.course.select(options.words)
    if options.answer:
        only(exercises, f"python -m grader --answer {options.answer}")
    if options.format == "exercism":
        only(exercises, "python -m grader --format exercism")
    to_stdout = options.format != "text" and options.output is None
    screen = console(stderr=to_stdout)
    is_live = screen.file.isatty() and not screen.is_dumb_terminal
    progress = live if is_live else quiet if to_stdout else plain
    job = prepare(call.course, exercises, options)
    with progress(screen, job.results) as refresh:
        from grader.judging import judge  # slow, and there is something to read now

        judge(job, call.run, refresh)
    notice(job.results)
    _report(job.results, options, None if to_stdout else screen, summary=is_live)
    return _exit_code(job.results, options)


def _report(
    results: Results, options: Options, screen: Console | None, *, summary: bool
) -> None:
    """Show the results on `screen`, if any, and write the report to its place."""
    from grader import report
    from grader.files import write_whole
    from grader.formats import FORMATS

    if screen is not None and (results.verdicts or results.interrupted):
        show(screen, report.screen(results, summary=summary))
    if options.output is not None:
        write_whole(options.output, FORMATS[options.format](results))
    elif screen is None:
        write(FORMATS[options.format](results))
    if results.fault:
        show(console(stderr=True), report.grader_failed(results.fault))


def _exit_code(results: Results, options: Options) -> int:
    if results.fault:
        return GRADER_FAILED
    if results.interrupted:
        return INTERRUPTED
    if options.format == "exercism":
        return ALL_PASSED  # to them this means: the tests were run
    return ALL_PASSED if results.all_passed else NOT_YET
