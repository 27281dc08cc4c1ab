"""Does not listen to `on_error`.

If the error is the only answer, the waiting never ends. Complete the future from both
callbacks.

Fails: test_the_error_is_raised
"""

import asyncio


async def call_back(register):
    answer = asyncio.get_running_loop().create_future()

    def on_result(value):
        if not answer.done():
            answer.set_result(value)

    register(on_result, lambda error: None)
    return await answer
