"""What the repair of a question is made of: its morphemes, and what is put in place of what."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

NOUN_TAGS = ("NNG", "NNP", "NR", "XR")

# What may follow a noun in the same word, longest chains first.
PARTICLES = re.compile(
    r"(?:으로|로)?(?:서|써)?(?:부터|까지|에서|에게|한테|이나|이란|이라는|라는|이랑|처럼|보다|마다)?"
    r"(?:은|는|이|가|을|를|의|에|와|과|도|만|로|나|랑|란|요)?"
)


@dataclass(frozen=True, slots=True)
class QueryToken:
    """A morpheme of a question.

    Attributes:
        form, tag: as Kiwi names them.
        start, end: offsets of its characters.
        known: whether it stands in the analyser's dictionary.
    """

    form: str
    tag: str
    start: int
    end: int
    known: bool


@dataclass(frozen=True, slots=True)
class Edit:
    """A piece of text and what it is changed to.

    Attributes:
        start, end: offsets of the piece.
        meant: what stands there afterwards.
    """

    start: int
    end: int
    meant: str


class QueryReader(Protocol):
    """What the repair asks of the morpheme analyser."""

    def tokens(self, text: str) -> Sequence[QueryToken]:
        """Return the morphemes of a short text with offsets into it."""
        ...

    def spaced(self, text: str) -> str:
        """Return a short text with the spaces that it lacks."""
        ...
