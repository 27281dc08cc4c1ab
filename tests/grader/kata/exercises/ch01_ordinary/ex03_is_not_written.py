"""Be written some day."""

async def answer() -> int:
    # TODO: give 42.
    raise NotImplementedError("answer")
