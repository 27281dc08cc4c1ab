"""Guards against a second call with a flag of its own.

A future is also done when the one who waited for it was cancelled. The future knows
both: ask `future.done()`.

Fails: test_a_call_after_cancellation_is_harmless
"""

import asyncio


async def call_back(register):
    answer = asyncio.get_running_loop().create_future()
    called = False

    def once(settle, value):
        nonlocal called
        if not called:
            called = True
            settle(value)

    register(
        lambda value: once(answer.set_result, value),
        lambda error: once(answer.set_exception, error),
    )
    return await answer
