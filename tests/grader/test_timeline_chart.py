"""Charts, compared whole: drawn by hand, and recorded in the laboratory."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from rich.cells import cell_len

from grader.timeline_chart import chart, charts
from grader.verdict import Row, Span, Verdict
from tests.grader.goldens import compare
from tests.grader.samples import TIMELINE, write

Judge = Callable[..., dict[str, Verdict]]


def test_the_timeline_chart() -> None:
    assert chart(TIMELINE, 60) == [
        "the test ├╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌┤ 0–3 s",
        "ask      ├━━━━━━━━━━━━━▓▓▓▓▓▓▓▓▓▓▓▓▓▓┤               0–2 s",
        "late                   ├───────────────────────────… pending",
        "         0      0.5    1      1.5    2      2.5    3 s",
        "         ━ sleep  ─ I/O  ╌ queue/lock  ▓ loop frozen",
    ]


@pytest.mark.parametrize("width", [10, 20, 30, 40, 60, 88, 200])
@pytest.mark.parametrize("end", [1e-9, 0.3, 1, 59, 3600, 604_800.5])
def test_the_chart_fits_any_width_and_any_time(width: int, end: float) -> None:
    rows = (
        Row("a task with a long name", 0, end, "done", (Span(0, end, "sleep"),)),
        Row("b", end / 3, end / 3, "cancelled"),
    )

    assert max(map(len, chart(rows, width))) <= width


def test_the_chart_starts_where_the_first_task_starts() -> None:
    rows = (Row("a", 100, 110, "done", (Span(100, 110, "sleep"),)),)

    assert chart(rows, 50) == [
        "a ├━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━┤ 100–110 s",
        "  100    102     104    106     108    110 s",
        "  ━ sleep",
    ]


def test_a_chart_in_which_no_time_passes_is_not_drawn() -> None:
    assert chart((), 80) == []
    assert chart((Row("a", 5, 5, "done"), Row("b", 5, None, "pending")), 80) == []


def test_a_chart_of_many_tasks_is_cut() -> None:
    rows = [Row(f"t{number}", 0, 1, "done") for number in range(99)]

    lines = chart(rows, 40)

    assert len(lines) == 15
    assert lines[12] == "    … and 87 more tasks"


def test_names_are_cut_in_their_middle_and_wide_letters_count_twice() -> None:
    rows = [
        Row("the-waiter-at-table-1", 0, 1, "done"),
        Row("the-waiter-at-table-2", 0, 1, "error"),
        Row("厨师", 0, 1, "cancelled"),
        Row("一个名字很长的厨师一", 0, 1, "done"),
    ]

    lines = chart(rows, 48)

    assert lines == [
        "the-wait…e-1 ├╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌┤ 0–1 s",
        "the-wait…e-2 ├╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌┤ 0–1 s error",
        "厨师         ├╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌┤ 0–1 s cancelled",
        "一个名字…一  ├╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌┤ 0–1 s",
        "             0        0.5      1 s",
        "             ╌ queue/lock",
    ]
    assert max(map(cell_len, lines)) <= 48


def test_charts_beside_each_other_share_their_scale_and_columns() -> None:
    slow = [Row("a", 0, 4, "done"), Row("b", 4, 8, "done")]
    fast = [Row("fetch a", 0, 4, "done"), Row("b", 0, 4, "done")]

    left, right = charts([slow, fast], 50)

    assert left == [
        "a       ├╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌┤                  0–4 s",
        "b                         ├╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌┤ 4–8 s",
        "        0        2        4       6        8 s",
        "        ╌ queue/lock",
    ]
    assert right == [
        "fetch a ├╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌┤                  0–4 s",
        "b       ├╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌┤                  0–4 s",
        "        0        2        4       6        8 s",
        "        ╌ queue/lock",
    ]


def test_beside_a_chart_nothing_may_be_drawn() -> None:
    left, right = charts([(), TIMELINE], 60)

    assert left == []
    assert right == chart(TIMELINE, 60)


ANSWERS = {
    "sequential": """
import asyncio

async def main() -> None:
    for name in ("soup", "rice"):
        await asyncio.create_task(asyncio.sleep(2), name=name)
""",
    "concurrent": """
import asyncio

async def main() -> None:
    async with asyncio.TaskGroup() as group:
        for name in ("soup", "rice"):
            group.create_task(asyncio.sleep(2), name=name)
""",
    "blocking": """
import asyncio
import time

async def cook() -> None:
    time.sleep(2)

async def main() -> None:
    await asyncio.gather(cook(), asyncio.sleep(1))
""",
    "leaked": """
import asyncio

async def main() -> None:
    main.task = asyncio.create_task(asyncio.sleep(9), name="forgotten")
    await asyncio.sleep(3)
""",
    "cancelled": """
import asyncio

async def main() -> None:
    task = asyncio.create_task(asyncio.sleep(9), name="soup")
    await asyncio.sleep(2)
    task.cancel()
    await asyncio.wait([task])
""",
    "deadlocked": """
import asyncio

async def main() -> None:
    queue = asyncio.Queue()
    task = asyncio.create_task(queue.get(), name="eater")
    await asyncio.sleep(1)
    await task
""",
}
TESTS = """
import pytest
from exercises.ch01_own.{stem} import main

async def test_main() -> None:
    await main()
"""


@pytest.fixture(scope="module")
def recorded(tmp_path_factory: pytest.TempPathFactory, judge: Judge) -> dict[str, str]:
    """The charts of all answers above, by name."""
    root = tmp_path_factory.mktemp("charts")
    for number, (name, source) in enumerate(ANSWERS.items(), 1):
        stem = f"ex{number:02}_{name}"
        write(root, f"exercises/ch01_own/{stem}.py", source)
        write(root, f"tests/ch01_own/test_{stem}.py", TESTS.format(stem=stem))
    return {
        name: "\n".join(chart(verdict.tests[0].timeline or (), 60))
        for name, verdict in judge(root).items()
    }


@pytest.mark.real_loop
@pytest.mark.parametrize("name", ANSWERS)
def test_what_is_recorded(recorded: dict[str, str], name: str) -> None:
    compare(f"chart-{name}", recorded[name] + "\n")
