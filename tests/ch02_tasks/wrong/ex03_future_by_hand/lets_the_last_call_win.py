"""Lets a later call overwrite the first.

Between the first call and your next turn the library may call again. Only the first
call counts: keep its answer and ignore the rest.

Fails: test_only_the_first_call_counts
"""

import asyncio


async def call_back(register):
    called = asyncio.Event()
    answer = {}

    def settle(kind, what):
        answer.clear()
        answer[kind] = what
        called.set()

    register(lambda value: settle("value", value), lambda error: settle("error", error))
    await called.wait()
    if "error" in answer:
        raise answer["error"]
    return answer["value"]
