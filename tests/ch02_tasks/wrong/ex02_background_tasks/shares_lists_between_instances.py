"""Creates its set and its list in the class body.

What stands in the class body exists once, for all instances together. Create both in
`__init__`.

Fails: test_everybody_has_their_own_tasks_and_errors
"""

import asyncio


class BackgroundTasks:
    errors = []
    _running = set()

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
