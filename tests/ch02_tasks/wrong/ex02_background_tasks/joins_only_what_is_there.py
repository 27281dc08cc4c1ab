"""Waits only for the tasks that exist when `join()` is called.

A task may spawn another one while `join()` waits. Look again until none is left.

Fails: test_join_waits_for_tasks_spawned_meanwhile
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
        if self._running:
            await asyncio.wait(self._running)
