"""Tests of 2.2: who keeps the tasks, who hears their errors, who waits for them."""

import asyncio
import gc
import weakref

import pytest

from exercises.ch02_tasks.ex02_background_tasks import BackgroundTasks
from grader.harness import Clock


class Post:
    """Sends receipts, each in its own time; logs what was sent and when."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.log: list[tuple[float, str]] = []

    async def send(self, receipt: str, seconds: float) -> str:
        await asyncio.sleep(seconds)
        self.log.append((self.clock(), receipt))
        return f"{receipt} sent"

    async def fail(self, error: Exception, seconds: float) -> None:
        await asyncio.sleep(seconds)
        raise error


class Receipt:
    """A result that can tell whether anybody still holds it."""


async def test_spawned_tasks_run_side_by_side(clock: Clock) -> None:
    """`spawn()` returns the named task at once; awaiting it gives the result."""
    post, background = Post(clock), BackgroundTasks()

    slow = background.spawn(post.send("slow", 2), name="receipt 1")
    fast = background.spawn(post.send("fast", 1))
    results = [await slow, await fast]

    assert results == ["slow sent", "fast sent"]
    assert post.log == [(1, "fast"), (2, "slow")]
    assert slow.get_name() == "receipt 1"


async def test_join_waits_for_every_task(clock: Clock) -> None:
    """`join()` returns when the last task has ended, and at once if there is none."""
    post, background = Post(clock), BackgroundTasks()
    joined = []

    await background.join()
    joined.append(clock())
    background.spawn(post.send("slow", 3))
    background.spawn(post.send("fast", 1))
    await background.join()
    joined.append(clock())
    background.spawn(post.send("late", 2))
    await background.join()
    joined.append(clock())

    assert joined == [0, 3, 5]
    assert post.log == [(1, "fast"), (3, "slow"), (5, "late")]


async def test_an_error_is_there_when_its_task_has_ended(clock: Clock) -> None:
    """`errors` has a task's error as soon as the task has ended, without `join()`."""
    post, background = Post(clock), BackgroundTasks()
    no_ink, no_paper = OSError("no ink"), ValueError("no paper")
    seen = []

    background.spawn(post.fail(no_paper, 2.5))
    background.spawn(post.fail(no_ink, 1.5))
    for _ in range(3):
        await asyncio.sleep(1)
        seen.append(list(background.errors))

    assert seen == [[], [no_ink], [no_ink, no_paper]]


async def test_everybody_has_their_own_tasks_and_errors(clock: Clock) -> None:
    """Two `BackgroundTasks` share neither their tasks nor their errors."""
    post, mine, yours = Post(clock), BackgroundTasks(), BackgroundTasks()
    no_ink = OSError("no ink")

    mine.spawn(post.fail(no_ink, 1))
    yours.spawn(post.send("slow", 3))
    await asyncio.sleep(2)
    joined = {}
    await mine.join()
    joined["mine"] = clock()
    await yours.join()
    joined["yours"] = clock()

    assert joined == {"mine": 2, "yours": 3}
    assert {"mine": mine.errors, "yours": yours.errors} == {
        "mine": [no_ink],
        "yours": [],
    }


async def test_join_takes_failed_and_cancelled_tasks_calmly(clock: Clock) -> None:
    """`join()` raises no task's error, and a cancelled task is not an error at all."""
    post, background = Post(clock), BackgroundTasks()
    no_ink = OSError("no ink")

    background.spawn(post.fail(no_ink, 2))
    cancelled = background.spawn(post.send("cancelled", 3))
    background.spawn(post.send("wanted", 5))
    asyncio.get_running_loop().call_later(1, cancelled.cancel)
    await background.join()

    assert post.log == [(5, "wanted")]
    assert background.errors == [no_ink]


async def test_join_waits_for_tasks_spawned_meanwhile(clock: Clock) -> None:
    """`join()` also waits for the tasks that are spawned while it waits."""
    post, background = Post(clock), BackgroundTasks()

    async def order() -> None:
        await post.send("receipt", 1)
        background.spawn(post.send("survey", 2))

    background.spawn(order())
    await background.join()

    assert post.log == [(1, "receipt"), (3, "survey")]


async def test_an_ended_task_is_let_go() -> None:
    """A task that has ended is let go, and its result with it."""
    background = BackgroundTasks()

    async def print_receipt() -> Receipt:
        return Receipt()

    receipt = weakref.ref(await background.spawn(print_receipt()))
    await asyncio.sleep(1)  # the callback that woke this test still held the task
    gc.collect()

    assert receipt() is None, "something still holds the ended task's result"


async def test_a_waiting_task_is_not_garbage() -> None:
    """A task that only its `BackgroundTasks` holds survives `gc.collect()`."""
    background = BackgroundTasks()
    log: list[str] = []
    replies: list[weakref.ref[asyncio.Future[str]]] = []

    async def wait_for_reply() -> None:
        reply = asyncio.get_running_loop().create_future()
        replies.append(weakref.ref(reply))
        log.append(await reply)

    background.spawn(wait_for_reply())
    await asyncio.sleep(1)
    gc.collect()
    reply = replies[0]()
    if reply is None:
        pytest.fail("the task was garbage-collected while it waited")
    reply.set_result("paid")
    await background.join()

    assert log == ["paid"]
