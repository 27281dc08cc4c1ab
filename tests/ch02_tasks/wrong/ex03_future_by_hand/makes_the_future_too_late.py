"""Creates the future after it has registered.

The library may call before `register` has returned: create what the callbacks need
first, and register then.

Fails: test_an_answer_may_come_during_register
"""

import asyncio


async def call_back(register):
    answer = None

    def settle(complete, value):
        if answer is not None and not answer.done():
            getattr(answer, complete)(value)

    register(
        lambda value: settle("set_result", value),
        lambda error: settle("set_exception", error),
    )
    answer = asyncio.get_running_loop().create_future()
    return await answer
