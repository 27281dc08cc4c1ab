"""Takes None for "no answer yet".

None is a value like any other. Let the future say whether there is an answer, not
the value.

Fails: test_every_value_is_a_result
"""

import asyncio


async def call_back(register):
    called = asyncio.Event()
    answer = {"value": None, "error": None}

    def settle(kind, what):
        if answer["value"] is None and answer["error"] is None:
            answer[kind] = what
            if what is not None:
                called.set()

    register(lambda value: settle("value", value), lambda error: settle("error", error))
    await called.wait()
    if answer["error"] is not None:
        raise answer["error"]
    return answer["value"]
