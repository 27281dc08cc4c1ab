"""Expects the loop's exception handler to hear of every failure.

The handler hears of a failed task only when the task object is deleted; as long as you
hold the task, never. Read the exception in a done-callback.

Fails: test_an_error_is_there_when_its_task_has_ended
"""

import asyncio


class BackgroundTasks:
    def __init__(self):
        self.errors = []
        self._running = set()

    def spawn(self, coro, *, name=None):
        loop = asyncio.get_running_loop()
        loop.set_exception_handler(self._failed)
        task = loop.create_task(coro, name=name)
        self._running.add(task)
        return task

    def _failed(self, loop, context):
        self.errors.append(context["exception"])

    async def join(self):
        while tasks := [task for task in self._running if not task.done()]:
            await asyncio.wait(tasks)
