"""Lets a task group wait; makes a task of every job in the sequence as well."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

T = TypeVar("T")


async def run_one(job: Callable[[], Awaitable[T]]) -> T:
    return await job()


async def in_sequence(jobs: list[Callable[[], Awaitable[T]]]) -> list[T]:
    return [await asyncio.create_task(run_one(job)) for job in jobs]


async def at_once(jobs: list[Callable[[], Awaitable[T]]]) -> list[T]:
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(run_one(job)) for job in jobs]
    return [task.result() for task in tasks]
