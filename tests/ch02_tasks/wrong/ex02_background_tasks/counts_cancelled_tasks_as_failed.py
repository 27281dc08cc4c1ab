"""Takes a cancelled task for a failed one.

`except BaseException` also catches `CancelledError`, which is no failure: somebody
wanted the task to end. Leave it out of `errors`.

Fails: test_join_takes_failed_and_cancelled_tasks_calmly
"""

import asyncio


class BackgroundTasks:
    def __init__(self):
        self.errors = []
        self._running = set()

    def spawn(self, coro, *, name=None):
        task = asyncio.create_task(self._watch(coro), name=name)
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        return task

    async def _watch(self, coro):
        try:
            return await coro
        except BaseException as error:
            self.errors.append(error)

    async def join(self):
        while self._running:
            await asyncio.wait(self._running)
