"""Sets the future's result without asking whether it is done.

A second `set_result()` raises `InvalidStateError`, and so does one on a cancelled
future. Ask `future.done()` first.

Fails: test_only_the_first_call_counts
"""

import asyncio


async def call_back(register):
    answer = asyncio.get_running_loop().create_future()
    register(answer.set_result, answer.set_exception)
    return await answer
