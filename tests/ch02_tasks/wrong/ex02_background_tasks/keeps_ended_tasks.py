"""Never lets go of a task.

A list that only grows keeps every task and every result for as long as the program
runs. Take a task out when it has ended.

Fails: test_an_ended_task_is_let_go
"""

import asyncio


class BackgroundTasks:
    def __init__(self):
        self.errors = []
        self._tasks = []

    def spawn(self, coro, *, name=None):
        task = asyncio.create_task(coro, name=name)
        self._tasks.append(task)
        task.add_done_callback(self._ended)
        return task

    def _ended(self, task):
        if not task.cancelled() and task.exception() is not None:
            self.errors.append(task.exception())

    async def join(self):
        while tasks := [task for task in self._tasks if not task.done()]:
            await asyncio.wait(tasks)
