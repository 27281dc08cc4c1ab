"""Ask the keyboard while it is imported."""

NUMBER = int(input("A number? "))


async def answer() -> int:
    return NUMBER
