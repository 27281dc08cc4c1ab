"""Passes a coroutine function to `add_done_callback()`.

The loop calls a done-callback like a plain function: one defined with `async def`
only makes a coroutine that nobody runs. Write it with `def`.

Fails: test_spawned_tasks_run_side_by_side
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

    async def _ended(self, task):
        self._running.discard(task)
        if not task.cancelled() and task.exception() is not None:
            self.errors.append(task.exception())

    async def join(self):
        await asyncio.gather(*self._running, return_exceptions=True)
