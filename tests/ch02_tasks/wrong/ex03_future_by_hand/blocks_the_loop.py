"""Waits with `threading.Event`, which stops the whole loop.

The callback comes from the loop's own thread, which now stands still and can call
nobody. Await an asyncio future instead.

Fails: test_the_result_is_returned_when_it_comes
"""

import threading


async def call_back(register):
    called = threading.Event()
    answers = []

    def settle(value, error):
        answers.append((value, error))
        called.set()

    register(lambda value: settle(value, None), lambda error: settle(None, error))
    called.wait(timeout=5)
    value, error = answers[0]
    if error is not None:
        raise error
    return value
