"""What a check says when something is wrong."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Complaint:
    """A file that breaks the contract, and what to do about it."""

    path: str
    message: str

    def __str__(self) -> str:
        return f"{self.path}: {self.message}"
