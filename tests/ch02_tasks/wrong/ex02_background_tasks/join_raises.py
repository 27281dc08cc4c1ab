"""Lets `join()` raise the first error.

Without `return_exceptions=True`, `gather()` raises the first error at once and leaves
the other tasks behind. `join()` must wait for all of them.

Fails: test_join_takes_failed_and_cancelled_tasks_calmly
"""

import asyncio


class BackgroundTasks:
    def __init__(self):
        self.errors = []
        self._running = set()

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
            await asyncio.gather(*self._running)
