"""Returns the exception instead of raising it.

The caller would take the error for a visitor. Use `set_exception()`: awaiting the
future then raises it.

Fails: test_the_error_is_raised
"""

import asyncio


async def call_back(register):
    answer = asyncio.get_running_loop().create_future()

    def settle(value):
        if not answer.done():
            answer.set_result(value)

    register(settle, settle)
    return await answer
