"""Gives the library callbacks that are coroutine functions.

The library calls a callback like a plain function; with `async def` that only makes a
coroutine that nobody runs. Write both callbacks with `def`.

Fails: test_the_result_is_returned_when_it_comes
"""

import asyncio


async def call_back(register):
    answer = asyncio.get_running_loop().create_future()

    async def on_result(value):
        if not answer.done():
            answer.set_result(value)

    async def on_error(error):
        if not answer.done():
            answer.set_exception(error)

    register(on_result, on_error)
    return await answer
