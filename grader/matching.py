"""Which mistake an answer makes, if that is clear. Pure.

An answer that fails as a wrong answer does, in every test and with every value, most
likely makes its mistake. It is still clear if the failure that is shown is the same and
later ones are of the same kind. If wrong answers with different advice fail alike, what
they are written with decides, and if that does not, nothing is said.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from grader.fingerprints import Written, closest
from grader.signatures import Signature
from grader.verdict import Mistake

# What Python says of a slip of the finger, which can happen in any line of any answer.
_SLIP = re.compile(
    r"invalid syntax|expected|untermin|unmatched|never closed|indent|forgot"
)


@dataclass(frozen=True)
class Known:
    """A mistake, how the wrong answer that makes it fails, and how it is written."""

    mistake: Mistake
    signature: Signature
    written: Written


def clearest(
    found: Signature, written: Written, known: Sequence[Known]
) -> Mistake | None:
    """The mistake behind a signature; None unless it is clear."""
    borne_out = [
        k for k in known if written.bears_out(k.written.claims(k.mistake.name))
    ]
    for alike in (_same, _similar):
        matches = [k for k in borne_out if alike(*_comparable(found, k.signature))]
        if matches:
            return _agreed(matches, written)
    return None


def is_slip(message: str) -> bool:
    """Whether a file that cannot be loaded just has a typing error in it."""
    return bool(_SLIP.search(message))


def _comparable(found: Signature, known: Signature) -> tuple[Signature, Signature]:
    """Both without what the answer has not written yet, of which nothing is known."""
    todo = [name for name, failure in found.failures if failure.status == "todo"]
    return found.without(todo), known.without(todo)


def _same(found: Signature, known: Signature) -> bool:
    return found == known and bool(found.failures or found.message)


def _similar(found: Signature, known: Signature) -> bool:
    """The same tests fail, the first of them for just the same reason."""
    if found.status != known.status or not found.failures or not known.failures:
        return False
    same_start = found.failures[0] == known.failures[0]
    return same_start and _kinds(found) == _kinds(known)


def _kinds(signature: Signature) -> list[tuple[str, str, str]]:
    return [(name, f.status, f.shape) for name, f in signature.failures]


def _agreed(matches: Sequence[Known], written: Written) -> Mistake | None:
    """The mistake of all matches if they give one advice, or else of the closest."""
    if len({k.mistake.advice for k in matches}) == 1:
        return matches[0].mistake
    index = closest(written, [k.written for k in matches])
    return None if index is None else matches[index].mistake
