"""Keeps its tasks alive and never looks how they ended.

A failed task stays silent until somebody reads its exception. Let a done-callback
read `task.exception()` and note it in `errors`.

Fails: test_an_error_is_there_when_its_task_has_ended
"""

import asyncio


class BackgroundTasks:
    def __init__(self):
        self.errors = []
        self._running = set()

    def spawn(self, coro, *, name=None):
        task = asyncio.create_task(coro, name=name)
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        return task

    async def join(self):
        while self._running:
            await asyncio.wait(self._running)
