"""Writes every line itself, without any task.

The order is right, but nobody helped: only a task has turns of its own. Let one task
write the pasta's lines and another the sauce's.

Fails: test_every_speaker_writes_its_own_lines
"""


async def trace(log):
    log.append("cook: two orders in")
    await begin("pasta", log)
    await begin("sauce", log)
    log.append("cook: table laid")
    await finish("sauce", log)
    await finish("pasta", log)
    log.append("cook: dinner")


async def begin(name, log):
    log.append(f"{name}: on")


async def finish(name, log):
    log.append(f"{name}: ready")
