"""Gives the tasks one turn and calls that waiting.

`sleep(0)` lets every task run to its next `await`, not to its end. Wait for the tasks
themselves.

Fails: test_join_waits_for_every_task
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
        await asyncio.sleep(0)
