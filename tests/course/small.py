"""A course of one exercise that keeps the contract, to be broken piece by piece."""

from pathlib import Path
from textwrap import dedent

CHAPTER, STEM = "ch01_waiting", "ex01_nap"
STUB = f"exercises/{CHAPTER}/{STEM}.py"
SOLUTION = f"solutions/{CHAPTER}/{STEM}.py"
TESTS = f"tests/{CHAPTER}/test_{STEM}.py"
README = f"exercises/{CHAPTER}/README.md"
HINTS = f"exercises/{CHAPTER}/HINTS.md"
WRONG = f"tests/{CHAPTER}/wrong/{STEM}"
RIGHT = f"tests/{CHAPTER}/right/{STEM}"

_WRONG = '''
    """{name}

    Await `asyncio.sleep()` with the seconds that you were given.

    Fails: test_it_takes_its_seconds
    """

    import asyncio


    async def nap(seconds):
        {body}
    '''
_FILES = {
    STUB: '''
        """Take a nap.

            >>> await nap(2)  # after 2 s
        """


        async def nap(seconds: float) -> None:
            """Return after `seconds`."""
            # TODO: wait.
            raise NotImplementedError("nap")
        ''',
    SOLUTION: '''
        """Take a nap."""

        import asyncio


        async def nap(seconds: float) -> None:
            """Return after `seconds`."""
            await asyncio.sleep(seconds)
        ''',
    TESTS: f'''
        """1.1: what `nap()` promises."""

        from exercises.{CHAPTER}.{STEM} import nap
        from grader.harness import Clock


        async def test_it_takes_its_seconds(clock: Clock) -> None:
            """`nap()` takes as many seconds as it is given."""
            await nap(3)

            assert clock() == 3


        async def test_it_returns_nothing() -> None:
            """`nap()` returns None."""
            result: object = await nap(1)  # type: ignore[func-returns-value]

            assert result is None
        ''',
    README: """
        # Waiting

        ## 1.1 Take a nap

        ```python
        import asyncio

        print("before")
        asyncio.run(asyncio.sleep(3600))
        print("after")
        ```

        ```text
        before
        after
        ```

        ```
        a drawing
        ```
        """,
    HINTS: """
        # Hints

        ## 1.1 Take a nap

        1. Something in `asyncio` waits.
        2. It must be awaited.
        """,
    f"{WRONG}/in_a_hurry.py": _WRONG.format(name="Does not wait.", body="pass"),
    f"{WRONG}/too_long.py": _WRONG.format(
        name="Waits too long.", body="await asyncio.sleep(seconds + 1)"
    ),
    f"{WRONG}/no_python.py": _WRONG.format(name="Is no Python.", body="await await"),
    f"{RIGHT}/with_a_timer.py": '''
        """Take a nap: a timer of the loop ends it."""

        import asyncio


        async def nap(seconds):
            loop = asyncio.get_running_loop()
            done = loop.create_future()
            loop.call_later(seconds, done.set_result, None)
            await done
        ''',
}


def make(root: Path) -> Path:
    """Write the course into `root`."""
    for path, text in _FILES.items():
        write(root / path, text)
    return root


def write(path: Path, text: str) -> None:
    """Write `text`, without its margin, to `path`."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(dedent(text).lstrip("\n"), encoding="utf-8")
