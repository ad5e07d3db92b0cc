"""Whether a sentence says yes where its evidence says no, or claims what nobody claimed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

from api.answer.grounding.coverage import stands
from api.answer.grounding.evidence import Unit
from api.answer.grounding.frame import Frame, frame_of
from api.answer.grounding.part import Part
from api.answer.grounding.reading import Reading
from api.answer.grounding.verdict import Problem
from api.answer.grounding.wording import wording
from api.answer.grounding.words import Word

# The opposite word fits the words around better by this much: what it is said of was exchanged.
_CLEARLY_BETTER = 0.15
# A claim of the evidence is this one where its surroundings are alike by so much.
_SAME_THING = 0.2
_IS_NOT_THERE = "없/v"
_SAYS_NO = frozenset(
    [
        "없/v",
        "부족",
        "미흡",
        "불가",
        "불가능",
        "어렵/v",
        "힘들/v",
        "못하/v",
        "아니/v",
        "무",
        "미비",
        "안되/v",
        "결여",
        "제외",
    ]
)
_CAUSES = frozenset({"때문", "덕분", "탓"})
_MIN_SUBSTRING = 2


def polarity_problems(part: Part, unit: Unit) -> Iterator[Problem]:
    """Yield what the evidence says otherwise."""
    yield from _negations(part, unit)
    yield from _opposites(part, unit)
    yield from _claims(part, unit)
    yield from _causes(part, unit)
    yield from _certainty(part, unit)
    yield from _swapped_roles(part, unit.own)


def _negations(part: Part, unit: Unit) -> Iterator[Problem]:
    for word in part.words:
        stated = _alike(word, unit.own) or [w for r in unit.above for w in _alike(word, r)]
        if stated:
            if all(other.negated != word.negated for other in stated):
                yield Problem("negation", word.key)
        elif (word.negated or word.key == _IS_NOT_THERE) and not _says_no(unit):
            yield Problem("negation", word.key)


def _alike(word: Word, reading: Reading) -> list[Word]:
    same = wording().same_as(word.key)
    exact = [w for w in reading.words if w.key == word.key]
    return exact or [w for w in reading.words if w.key in same]


def _says_no(unit: Unit) -> bool:
    return any(w.negated or w.key in _SAYS_NO for w in unit.own.words)


def _opposites(part: Part, unit: Unit) -> Iterator[Problem]:
    said = {word.key for word in part.reading.words}
    for word in part.reading.words:
        opposite = wording().opposite_of(word.key)
        if not opposite & unit.keys or word not in part.words + tuple(_kept(part)):
            continue
        rivals = [w for w in unit.own.words if w.key in opposite]
        exchanged = _more_often(word, part, unit.own, opposite) or any(
            _exchanged(word, part.reading, stated, opposite) for stated in unit.segments
        )
        if exchanged or (
            not _alike(word, unit.own)
            and not (_stands_above(word, unit) and (said & opposite or not rivals))
        ):
            yield Problem("direction", word.key)


def _kept(part: Part) -> Iterator[Word]:
    """Yield the generic words of the part that have an opposite, such as 있다."""
    clauses = {word.clause for word in part.words}
    for word in part.reading.words:
        if word.clause in clauses and word.key in wording().generic:
            yield word


def _exchanged(word: Word, said: Reading, stated: Reading, opposite: frozenset[str]) -> bool:
    """Tell whether a text that has both words says the opposite one of this."""
    alike, rivals = _alike(word, stated), [w for w in stated.words if w.key in opposite]
    if not alike or not rivals:
        return False
    frame = frame_of(said, word.start, word.end)

    def best(words: list[Word]) -> float:
        return max(frame.likeness(frame_of(stated, w.start, w.end)) for w in words)

    return best(rivals) > best(alike) + _CLEARLY_BETTER


def _more_often(word: Word, part: Part, own: Reading, opposite: frozenset[str]) -> bool:
    """Tell whether the word is said more often than stated, and the opposite less often."""
    same = wording().same_as(word.key)

    def times(words: Iterable[Word], keys: frozenset[str]) -> int:
        return sum(w.key in keys for w in words)

    return times(part.words, same) > times(own.words, same) > 0 and times(
        part.words, opposite
    ) < times(own.words, opposite)


def _stands_above(word: Word, unit: Unit) -> bool:
    return any(_alike(word, reading) for reading in unit.above)


def _claims(part: Part, unit: Unit) -> Iterator[Problem]:
    for word in part.words:
        bearing_out = wording().claims.get(word.key)
        if bearing_out is None or _in_compounds(bearing_out | {word.key}, unit.own):
            continue
        frame = frame_of(part.reading, word.start, word.end)
        if not any(_claims_same(frame, bearing_out, reading) for reading in unit.segments):
            yield Problem("claim", word.key)


def _claims_same(frame: Frame, bearing_out: frozenset[str], reading: Reading) -> bool:
    """Tell whether a text claims so much of the same thing."""
    return any(
        frame.likeness(frame_of(reading, w.start, w.end)) >= _SAME_THING
        for w in reading.words
        if w.key in bearing_out
    )


def _in_compounds(words: frozenset[str], own: Reading) -> bool:
    """Tell whether one of the words is a piece of a longer one, as 증가 of 증가율."""
    return any(
        len(word) >= _MIN_SUBSTRING and word not in own.keys and word in own.squeezed
        for word in words
        if not word.endswith("/v")
    )


def _causes(part: Part, unit: Unit) -> Iterator[Problem]:
    """Yield what is said to be a cause, 파업 때문에, and does not stand in the evidence at all."""
    for before, word in pairwise(part.words):
        noun = not before.key.endswith("/v") and before.clause == word.clause
        if word.key in _CAUSES and noun and not stands(before, unit, {}):
            yield Problem("claim", f"{before.run} {word.key}")


def _certainty(part: Part, unit: Unit) -> Iterator[Problem]:
    """Yield where what is only expected is said to have happened."""
    hedges = wording().hedges
    if part.reading.past and not unit.own.past and not part.reading.keys & hedges:
        hedged = unit.own.keys & hedges
        if hedged:
            yield Problem("certainty", min(hedged))


def _swapped_roles(part: Part, own: Reading) -> Iterator[Problem]:
    """Yield two words that have changed places: A가 B보다 for B가 A보다."""
    said = {w.key: w.role for w in part.words if w.role}
    stated: dict[str, set[str]] = {}
    for word in own.words:
        if word.role:
            stated.setdefault(word.key, set()).add(word.role)
    for subject, role in said.items():
        if role != "subject":
            continue
        for other, other_role in said.items():
            if other_role in ("than", "object", "to", "by") and _crossed(
                stated, subject, other, other_role
            ):
                yield Problem("roles_swapped", f"{subject} {other}")


def _crossed(stated: dict[str, set[str]], subject: str, other: str, role: str) -> bool:
    return stated.get(subject) == {role} and stated.get(other) == {"subject"}
