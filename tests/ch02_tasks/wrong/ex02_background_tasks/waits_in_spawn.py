"""Waits for the task in `spawn()`, by running a loop of its own.

A running loop cannot be entered a second time. Create a task: it runs as soon as the
caller next awaits.

Fails: test_spawned_tasks_run_side_by_side
"""

import asyncio


class BackgroundTasks:
    def __init__(self):
        self.errors = []
        self._running = set()

    def spawn(self, coro, *, name=None):
        loop = asyncio.get_running_loop()
        task = loop.create_task(coro, name=name)
        loop.run_until_complete(task)
        return task

    async def join(self):
        while self._running:
            await asyncio.wait(self._running)
