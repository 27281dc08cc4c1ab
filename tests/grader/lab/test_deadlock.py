"""Reports of programs that cannot go on, compared whole: the same on every Python."""

from __future__ import annotations

import re

import pytest

from grader.harness import run
from grader.harness.errors import StuckExample
from tests.grader.lab import snippets_deadlock as snippets
from tests.grader.lab.lines import number
from tests.grader.lab.reports import report, report_of


def test_task_group_child() -> None:
    assert report_of(snippets.task_group_child) == report(
        "- task_group_child waits for the TaskGroup's children 'first', 'second'",
        "> async with asyncio.TaskGroup() as group:  # two consumers",
        "- first waits for Queue.get() on <Queue maxsize=1 _getters[1]>",
        "> print(await queue.get())  # nobody produces",
        "- second waits for Queue.get() on <Queue maxsize=2 _getters[1]>",
        "> print(await queue.get())  # nobody produces",
    )


def test_double_lock() -> None:
    held = number(snippets, "async with lock:  # once")
    assert report_of(snippets.double_lock) == report(
        "- double_lock waits for Lock.acquire() on <Lock [locked, waiters:1]>, "
        f"held by 'double_lock' since line {held}",
        "> async with lock:  # and once more",
    )


def test_ab_ba_names_the_holders_and_their_lines() -> None:
    first = number(snippets, "async with a:  # one has a")
    second = number(snippets, "async with b:  # two has b")
    assert report_of(snippets.ab_ba) == report(
        "- ab_ba waits for asyncio.gather() of 'one', 'two'",
        "> await asyncio.gather(one(), two())  # both",
        "- one waits for Lock.acquire() on <Lock [locked, waiters:1]>, "
        f"held by 'two' since line {second}",
        "> async with b:  # one wants b",
        "- two waits for Lock.acquire() on <Lock [locked, waiters:1]>, "
        f"held by 'one' since line {first}",
        "> async with a:  # two wants a",
        at="1",
    )


def test_event_never_set() -> None:
    assert report_of(snippets.event_never_set) == report(
        "- event_never_set waits for Event.wait() on <Event [unset, waiters:1]>",
        "> await asyncio.wait_for(event.wait(), timeout=None)  # nobody sets it",
    )


def test_stuck_generator() -> None:
    assert report_of(snippets.stuck_generator) == report(
        "- stuck_generator waits for Queue.get() on <Queue maxsize=2 _getters[1]>",
        "> async for line in lines():  # around the generator",
        "> yield await queue.get()  # in the generator",
    )


def test_queue_join_without_task_done() -> None:
    queue = "<Queue maxsize=0 _getters[1] tasks=1>"
    assert report_of(snippets.queue_join) == report(
        f"- queue_join waits for Queue.join() on {queue}",
        "> await queue.join()  # not done",
        f"- worker waits for Queue.get() on {queue}",
        "> await queue.get()  # and no task_done()",
    )


def test_barrier() -> None:
    waits = "waits for Barrier.wait() on <Barrier [filling, waiters:2/3]>"
    assert report_of(snippets.barrier) == report(
        "- barrier waits for asyncio.gather() of 'friend', 'friend-2'",
        "> await asyncio.gather(friend(), friend())  # only two",
        f"- friend {waits}",
        "> await meeting.wait()  # for the third",
        f"- friend-2 {waits}",
        "> await meeting.wait()  # for the third",
    )


def test_bare_future() -> None:
    assert report_of(snippets.bare_future) == report(
        "- bare_future waits for a Future that nobody resolves",
        "> await asyncio.get_running_loop().create_future()  # whose?",
    )


def test_shield() -> None:
    line = "> await asyncio.shield(asyncio.Event().wait())  # shielded"
    assert report_of(snippets.shielded) == report(
        "- shielded waits for asyncio.shield() of 'wait'",
        line,
        "- wait waits for Event.wait() on <Event [unset, waiters:1]>",
        line,
    )


def test_condition() -> None:
    assert report_of(snippets.condition) == report(
        "- condition waits for Condition.wait() on <Condition [unlocked, waiters:1]>",
        "> await news.wait()  # nobody notifies",
    )


def test_semaphore() -> None:
    assert report_of(snippets.semaphore) == report(
        "- semaphore waits for Semaphore.acquire() on <Semaphore [locked, waiters:1]>",
        "> await seats.acquire()  # no second seat",
    )


def test_stream_reader() -> None:
    peers = "waits for StreamReader.readline() on <StreamReader, peer 127.0.0.1:"
    assert report_of(snippets.read_line) == report(
        f"- read_line {peers}49153>",
        "> await reader.readline()  # the client waits, too",
        f"- answer {peers}49154>",
        "> await reader.readline()  # the server waits for a line",
    )


def test_stream_writer() -> None:
    writer = "<StreamWriter, peer 127.0.0.1:49153>"
    assert report_of(snippets.drain) == report(
        f"- drain waits for StreamWriter.drain() on {writer}",
        "> await writer.drain()  # too much",
        "- ignore waits for Event.wait() on <Event [unset, waiters:1]>",
        "> await asyncio.Event().wait()  # reads nothing",
    )


def test_a_thread_that_rests() -> None:
    assert report_of(snippets.thread_rests) == report(
        "- thread_rests waits for asyncio.to_thread()",
        "> await asyncio.to_thread(go.wait)  # nobody lets it go",
        "- thread to_thread_0 waits",
    )


def test_tasks_that_await_each_other() -> None:
    assert report_of(snippets.wait_for_each_other) == report(
        "- wait_for_each_other waits for asyncio.wait() on 't0', 't1'",
        "> await asyncio.wait(tasks)  # for both",
        "- t1 waits for task 't0'",
        "> await tasks[number]  # the other",
        "- t0 waits for task 't1'",
        "> await tasks[number]  # the other",
    )


def test_tasks_that_have_ended_are_left_out() -> None:
    assert report_of(snippets.after_a_while) == report(
        "- after_a_while waits for asyncio.gather() of 'bare_future'",
        "> await asyncio.gather(finish(), bare_future())  # one of them ends",
        "- bare_future waits for a Future that nobody resolves",
        "> await asyncio.get_running_loop().create_future()  # whose?",
        at="2.5",
    )


def test_a_crowd_is_cut_short() -> None:
    shown = re.findall(
        r"^- (\S+) waits for (.*)", report_of(snippets.many_workers), re.M
    )
    assert shown[0] == (
        "many_workers",
        "the TaskGroup's children 'consume', 'consume-2', 'consume-3', 'consume-4', "
        "'consume-5', 'consume-6', … and 14 more",
    )
    assert [name for name, _ in shown[1:]] == [
        "consume",
        *(f"consume-{n}" for n in range(2, 12)),
    ]
    assert report_of(snippets.many_workers).endswith("\n… and 9 more tasks")


def test_the_lines_are_those_to_look_at() -> None:
    """`where` has each task's innermost line."""
    with pytest.raises(StuckExample) as caught:
        run(snippets.stuck_generator())
    assert [(line.source, line.function) for line in caught.value.where] == [
        (
            "yield await queue.get()  # in the generator",
            "stuck_generator.<locals>.lines",
        )
    ]
