"""Starts a new task for every line.

A task keeps its place between its turns: one task can write its first line, give up
its turn, and write its second line later.

Fails: test_every_speaker_writes_its_own_lines
"""

import asyncio


async def trace(log):
    log.append("cook: two orders in")
    await asyncio.create_task(write("pasta: on", log))
    await asyncio.create_task(write("sauce: on", log))
    log.append("cook: table laid")
    await asyncio.create_task(write("sauce: ready", log))
    await asyncio.create_task(write("pasta: ready", log))
    log.append("cook: dinner")


async def write(line, log):
    log.append(line)
