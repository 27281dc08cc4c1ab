"""Import what is not there."""

import no_such_module


async def answer() -> int:
    return no_such_module.answer()
