"""Wait a moment, then say hello.

A doorbell answers a moment after it is pressed. `greet()` waits `delay`
seconds and returns "Hello, NAME!"; while it waits, others can run.

`main()` starts the program. It is an ordinary function: it runs
`greet("world", 1)` to its end on an event loop of its own, closes that loop
and returns the greeting. It may be called again, whatever ran before it.

    >>> await greet("Alan", 0.25)  # after 0.25 s
    'Hello, Alan!'
"""


async def greet(name: str, delay: float) -> str:
    """Return a greeting for `name`, after `delay` seconds."""
    # TODO: wait for `delay` seconds, in a way that lets others run.
    # TODO: return the greeting.
    raise NotImplementedError("greet")


def main() -> str:
    """Run `greet("world", 1)` and return its greeting."""
    # TODO: start the event loop and let it run `greet("world", 1)`.
    raise NotImplementedError("main")
