"""Looks at the errors only in `join()`.

Whoever never calls `join()` never hears of a failure, and whoever calls it late hears
late. Let a done-callback note the error when the task ends.

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
        return task

    async def join(self):
        while self._running:
            done, self._running = await asyncio.wait(self._running)
            self.errors += [
                task.exception()
                for task in done
                if not task.cancelled() and task.exception() is not None
            ]
