"""Keeps its tasks in a `WeakSet`.

The loop holds tasks weakly as well, so a task that waits for something rare can be
garbage-collected half-way. Keep a strong reference until the task has ended.

Fails: test_a_waiting_task_is_not_garbage
"""

import asyncio
import weakref


class BackgroundTasks:
    def __init__(self):
        self.errors = []
        self._running = weakref.WeakSet()

    def spawn(self, coro, *, name=None):
        task = asyncio.create_task(coro, name=name)
        self._running.add(task)
        task.add_done_callback(self._ended)
        return task

    def _ended(self, task):
        self._running.discard(task)
        if not task.cancelled() and task.exception() is not None:
            self.errors.append(task.exception())

    async def join(self):
        while self._running:
            await asyncio.wait(self._running)
