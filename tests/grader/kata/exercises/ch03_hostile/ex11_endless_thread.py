"""Leave a thread that never ends."""

import asyncio
import threading

_never = threading.Event()


async def answer() -> int:
    threading.Thread(target=_never.wait).start()
    await asyncio.sleep(1)
    return 42
