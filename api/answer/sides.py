"""Both sides of a comparison that is searched as a whole, each with a sentence about it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from api.answer.selection import MAX_SENTENCES, Candidate
from api.answer.side_name import SideName, side_name

_COMPARES = re.compile(
    r"비교|차이|다른가|다릅|다른지|달라|보다|각각|나란히|중(?:에서?)? (?:어느|어디|누가|무엇|뭐)"
)
_PAIR = re.compile(
    r"(?P<first>[가-힣A-Za-z\d&·-]{2,}?)[’'\"”」]?(?:와|과|이랑|랑|하고|보다)\s+(?:\S+의\s+)?"
    r"[‘'\"“「]?(?P<second>[가-힣A-Za-z\d&·-]{2,})"
)
_PARTICLE = re.compile(r"(?:에서는|에서|에는|에게|으로|까지|부터|은|는|이|가|을|를|의|에|로|중)$")
_MIN_NAME = 2
# A side is spoken of by one of so many of the best, or not worth saying.
_LOOKED_AT = 15


def both_sides(
    question: str, chosen: Sequence[Candidate], ranked: Sequence[Candidate]
) -> list[Candidate]:
    """Return ``chosen`` with a sentence for each side of a comparison that it leaves out."""
    completed = list(chosen)
    if not _COMPARES.search(question):
        return completed
    for side in _sides(question):
        if len(completed) == MAX_SENTENCES or any(_speaks_of(c, side) for c in completed):
            continue
        found = next((c for c in ranked[:_LOOKED_AT] if _speaks_of(c, side)), None)
        if found is not None:
            completed.append(found)
    return completed


def _sides(question: str) -> list[SideName]:
    match = _PAIR.search(question)
    if match is None:
        return []
    first, second = match["first"], _PARTICLE.sub("", match["second"])
    pairs = ((first, second), (second, first))
    return [side_name(own, other, frozenset()) for own, other in pairs if len(own) >= _MIN_NAME]


def _speaks_of(candidate: Candidate, side: SideName) -> bool:
    above = candidate.sentence.path[-1:]
    return any(side.told_in(text) for text in (*above, candidate.sentence.text))
