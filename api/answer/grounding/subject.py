"""Whether a sentence with a figure is about what its evidence is about."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from api.answer.grounding.coverage import OtherNames, in_reading, stands_in
from api.answer.grounding.evidence import Unit
from api.answer.grounding.part import Part
from api.answer.grounding.phrases import (
    SPOKEN_OF,
    Phrase,
    is_kept,
    phrases_of,
    points_back,
    said_clauses,
    same_thing,
    spoken_of,
)
from api.answer.grounding.reading import Reading
from api.answer.grounding.roles import SUBJECT, TOPIC
from api.answer.grounding.verdict import Problem
from api.answer.grounding.wording import wording
from api.answer.grounding.words import Word

# 투입된다, 받는다, 120억 원이다: what the evidence does something to may be the subject of these.
_SUFFERS = re.compile(r"[되된될됨됩됐돼]|받[고는은을았으]|입니다|이[다며고]|임")


@dataclass(frozen=True, slots=True)
class _Known:
    """What a statement need not say itself.

    Attributes:
        above: what stands above it.
        other_names: as ``coverage`` wants them.
        before: where words stand that the sentence before it is about.
    """

    above: Sequence[Reading]
    other_names: OtherNames
    before: frozenset[int]

    def has(self, word: Word) -> bool:
        """Tell whether a word is known."""
        return word.start in self.before or any(
            in_reading(word, above, self.other_names) for above in self.above
        )


@dataclass(frozen=True, slots=True)
class _Clause:
    """A clause of the evidence.

    Attributes:
        words: its own.
        text: of it, without spaces.
        known: what it need not say.
    """

    words: tuple[Word, ...]
    text: str
    known: _Known

    @classmethod
    def of(cls, stated: Reading, number: int, known: _Known) -> _Clause:
        """Return one clause of a statement."""
        start, end = stated.clauses[number]
        words = tuple(w for w in stated.words if w.clause == number)
        return cls(words, stated.text[start:end].replace(" ", ""), known)

    def speaks_of(self, phrase: Phrase, *, same: bool, suffers: bool) -> bool:
        """Tell whether the clause speaks of a phrase.

        Args:
            phrase: a subject of the sentence.
            same: whether the clause has a subject that is called so.
            suffers: whether the sentence says what is done to its subject, or what it is.
        """
        keys = frozenset(w.key for w in self.words)
        return (same or self._has(phrase.head, suffers)) and all(
            stands_in(w, keys, self.text, self.known.other_names) or self.known.has(w)
            for w in phrase.words
        )

    def has_in_another_role(self, phrase: Phrase) -> bool:
        """Tell whether the clause names what nothing above it tells, and not as its subject."""
        named = any(same_thing(w, phrase.head) for w in self.words)
        return named and not any(self.known.has(w) for w in phrase.words)

    def _has(self, word: Word, suffers: bool) -> bool:
        """Tell whether a word may stand here as a subject: not as part of a compound, or as 에."""
        roles = {"", SUBJECT, TOPIC, "object"} if suffers else {"", SUBJECT, TOPIC}
        standing = [w for w in self.words if w.role in SPOKEN_OF or (w.head and w.role in roles)]
        if any(same_thing(w, word) for w in standing):
            return True
        named = (others for name, others in self.known.other_names.items() if word.key in name)
        return any(
            other in self.text and any(w.key in other for w in standing)
            for others in named
            for other in others
        )


def subject_problems(part: Part, unit: Unit, other_names: OtherNames) -> Iterator[Problem]:
    """Yield the subjects of a sentence with figures that are not those of its evidence.

    A subject stands in the evidence or what is above it. Where a clause of the evidence has a
    subject that the part leaves out, another one may only take its place if the same clause speaks
    of it: a heading, or another sentence, does not ground a figure that is said of something else.
    """
    before = told_before_by(part, unit)
    topics = tuple(w for w in part.words if w.role == TOPIC)
    for word in (*topics, *(part.subjects if part.figures else ())):
        known = word.key in wording().generic or word.start in before
        if word.is_prefixed and not any(word.run in r.squeezed for r in unit.segments):
            yield Problem("subject_missing", word.run)
        if not known and not any(in_reading(word, r, other_names) for r in unit.segments):
            yield Problem("subject_missing", word.run)
    if unit.is_row:
        return
    for number, stated in enumerate(unit.segments):
        if number == 0 or rests_on(part, unit.own, stated):
            above = unit.segments[number + 1 :]
            lost = _replaced(part, stated, _Known(above, other_names, before))
            if lost is None and number > 0:
                lost = _told_below(part, (stated, *above), other_names)
            if lost is not None:
                yield lost
                return


def rests_on(part: Part, own: Reading, above: Reading) -> bool:
    """Tell whether a figure is that of a statement above; a heading, without a subject, is none.

    A year that such a statement gives holds for the figures below it too.
    """
    if above.has_subject and _is_mostly_in(part, above) and not _is_mostly_in(part, own):
        return True
    stated = {f.key for f in own.figures}
    below = any(not f.is_time and f.key in stated for f in part.figures)
    said = {f.key for f in part.figures if not (below and f.is_time)} - stated
    return above.has_subject and bool(said & {f.key for f in above.figures})


def _is_mostly_in(part: Part, reading: Reading) -> bool:
    """Tell whether most of what a part says of its subject stands in a text."""
    said = [w for w in part.words if w.role not in SPOKEN_OF]
    return sum(in_reading(w, reading, {}) for w in said) * 2 >= len(said)


def _told_below(part: Part, reach: Sequence[Reading], other_names: OtherNames) -> Problem | None:
    """Return a subject that only what stands below the figure's statement names."""
    for phrase in phrases_of(spoken_of(part)):
        if not all(any(in_reading(w, r, other_names) for r in reach) for w in phrase.words):
            return Problem("subject_missing", " ".join(w.run for w in phrase.words))
    return None


def told_before_by(part: Part, unit: Unit) -> frozenset[int]:
    """Return where subjects stand that the sentence is about which the evidence goes on from."""
    if unit.before is None:
        return frozenset()
    about = {w.key for w in unit.before.words if w.role == SUBJECT}
    return frozenset(w.start for w in part.subjects if w.key in about)


def _replaced(part: Part, stated: Reading, known: _Known) -> Problem | None:
    """Return a subject that was put in place of the one that a statement has."""
    said = phrases_of(spoken_of(part))
    says_this = points_back(part.reading.text, *part.span) and not points_back(stated.text)
    if not said and not says_this:
        return None
    for subjects, reach in said_clauses(part, stated):
        lost = [p for p in subjects if not is_kept(p, part, reach)]
        if says_this and lost:
            return Problem("subject_missing", lost[0].head.run)
        clause = _Clause.of(stated, subjects[0].clause, known)
        for phrase in said:
            same = any(same_thing(phrase.head, p.head) for p in subjects)
            moved = part.figures and clause.has_in_another_role(phrase)
            asked = phrase.clause <= reach and (lost or same or moved)
            told = reach if part.inherited else phrase.clause
            suffers = _SUFFERS.search(part.reading.text, *part.reading.clauses[told])
            if asked and not clause.speaks_of(phrase, same=same, suffers=bool(suffers)):
                return Problem("subject_missing", " ".join(w.run for w in phrase.words))
    return None
