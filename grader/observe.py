"""Follows one running exercise until it ends, or until its time is up."""

from __future__ import annotations

import asyncio
import contextlib

from grader.evidence import Evidence
from grader.workers import Process

_MOST_BYTES = 16 * 2**20
_MOST_LINES = 10_000
_FOR_ITS_STACK = 2.0  # real seconds that a process has for writing its stacks
_FOR_ITS_PIPE = 1.0  # real seconds until the pipe of an ended process runs dry


async def observe(process: Process, limit: float) -> Evidence:
    """Read its records until it ends, or end it when its time is up."""
    found = Evidence()
    reading = asyncio.create_task(_read(process, found))
    try:
        async with asyncio.timeout(limit):
            found.exit = await process.wait()
            if found.exit is None:  # nobody tells: it has ended when its pipe has
                await asyncio.wait([reading])
    except TimeoutError:
        found.late = True
        await _stack(process, found)
        process.kill()
    except asyncio.CancelledError:
        process.kill()  # nobody waits for what it says
        raise
    finally:
        await asyncio.wait([reading], timeout=_FOR_ITS_PIPE)
        reading.cancel()
    return found


async def _stack(process: Process, found: Evidence) -> None:
    """Wait for the stacks, which come whole or not at all."""
    process.ask_for_stack()
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(_FOR_ITS_STACK):
            await found.dumping.wait()
            await asyncio.sleep(0.1)  # the rest comes in one go


async def _read(process: Process, found: Evidence) -> None:
    """Take the records, up to a bound that no honest answer comes near."""
    size = lines = 0
    try:
        while line := await process.records.readline():
            size, lines = size + len(line), lines + 1
            if size > _MOST_BYTES or lines > _MOST_LINES:
                break
            found.add(line)
        else:
            return
    except ValueError:  # a line longer than the reader's limit
        pass
    found.flooded = True
    process.kill()
