"""Wait a moment, then say hello.

`asyncio.run()` is the whole way in: it makes a loop, runs the coroutine to its
end, and closes the loop even when the coroutine fails. The tempting
`asyncio.get_event_loop().run_until_complete(...)` finds no loop once another
`asyncio.run()` is over, and never closes the one it found.
"""

import asyncio


async def greet(name: str, delay: float) -> str:
    """Return a greeting for `name`, after `delay` seconds."""
    # Without `await` this line would only make a coroutine, and wait for nothing.
    await asyncio.sleep(delay)
    return f"Hello, {name}!"


def main() -> str:
    """Run `greet("world", 1)` and return its greeting."""
    return asyncio.run(greet("world", 1))
