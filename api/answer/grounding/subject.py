"""Whether a sentence with a figure is about what its evidence is about."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from api.answer.grounding.coverage import OtherNames, in_reading, stands_in
from api.answer.grounding.evidence import Unit
from api.answer.grounding.figure import Figure
from api.answer.grounding.part import Part
from api.answer.grounding.reading import Reading
from api.answer.grounding.roles import SUBJECT, TOPIC
from api.answer.grounding.verdict import Problem
from api.answer.grounding.wording import wording
from api.answer.grounding.words import Word

_SPOKEN_OF = frozenset({SUBJECT, TOPIC})
# A clause of the evidence is said where so much of its words and figures is.
_CLAUSE_SAID = 0.5
# 투입된다, 받는다, 120억 원이다: what the evidence does something to may be the subject of these.
_SUFFERS = re.compile(r"[되된될됨됩됐돼]|받[고는은을았으]|입니다|이[다며고]|임")
_PREFIXES = ("대", "소", "신", "구", "비", "준", "무", "타", "저", "고")
# Units of what tells when, not how much.
_TIMES = frozenset({"년", "월", "일", "년대", "연대", "세기", "분기"})
# 이는, 이 수치는: a subject that only an earlier sentence tells.
_POINTS_BACK = re.compile(
    r"\s*(?:(?:그리고|또|또한|특히|즉)\s)?"
    r"(?:(?:이|그|이것|그것|이들|그들|이곳|그곳|여기)(?:은|는|가|이|도|로써|으로)\s"
    r"|(?:이|그|이러한|그러한|이런|해당|동)\s)"
)


@dataclass(frozen=True, slots=True)
class _Phrase:
    """A noun phrase that a clause speaks of.

    Attributes:
        words: those that say something; never none.
        clause: number of its clause.
    """

    words: tuple[Word, ...]
    clause: int

    @property
    def head(self) -> Word:
        """What the phrase is called by: 수출액 in 한국의 반도체 수출액."""
        return self.words[-1]


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

    def speaks_of(self, phrase: _Phrase, *, same: bool, suffers: bool) -> bool:
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

    def _has(self, word: Word, suffers: bool) -> bool:
        """Tell whether a word may stand here as a subject: not as part of a compound, or as 에."""
        roles = {"", SUBJECT, TOPIC, "object"} if suffers else {"", SUBJECT, TOPIC}
        if any(
            _same_thing(w, word) and (w.role in _SPOKEN_OF or (w.head and w.role in roles))
            for w in self.words
        ):
            return True
        named = (others for name, others in self.known.other_names.items() if word.key in name)
        return any(other in self.text for others in named for other in others)


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
        if _is_prefixed(word) and not any(word.run in r.squeezed for r in unit.segments):
            yield Problem("subject_missing", word.run)
        if not known and not any(in_reading(word, r, other_names) for r in unit.segments):
            yield Problem("subject_missing", word.run)
    if unit.is_row:
        return
    for number, stated in enumerate(unit.segments):
        if number == 0 or _rests_on(part, unit.own, stated):
            above = unit.segments[number + 1 :]
            lost = _replaced(part, stated, _Known(above, other_names, before))
            if lost is None and number > 0:
                lost = _told_below(part, (stated, *above), other_names)
            if lost is not None:
                yield lost
                return


def _rests_on(part: Part, own: Reading, above: Reading) -> bool:
    """Tell whether a figure is that of a statement above; a heading, without a subject, is none.

    A year that such a statement gives holds for the figures below it too.
    """
    stated = {f.key for f in own.figures}
    below = any(not _is_time(f) and f.key in stated for f in part.figures)
    said = {f.key for f in part.figures if not (below and _is_time(f))} - stated
    return above.has_subject and bool(said & {f.key for f in above.figures})


def _is_time(figure: Figure) -> bool:
    return figure.is_year or figure.unit in _TIMES


def _told_below(part: Part, reach: Sequence[Reading], other_names: OtherNames) -> Problem | None:
    """Return a subject that only what stands below the figure's statement names."""
    for phrase in _phrases(part.words):
        if not all(any(in_reading(w, r, other_names) for r in reach) for w in phrase.words):
            return Problem("subject_missing", " ".join(w.run for w in phrase.words))
    return None


def _is_prefixed(word: Word) -> bool:
    """Tell whether a prefix makes another word of it: 대기업, 신산업; the analyser cuts it off."""
    return word.run.startswith(_PREFIXES) and word.run[1:] == word.key


def told_before_by(part: Part, unit: Unit) -> frozenset[int]:
    """Return where subjects stand that the sentence is about which the evidence goes on from."""
    if unit.before is None:
        return frozenset()
    about = {w.key for w in unit.before.words if w.role == SUBJECT}
    return frozenset(w.start for w in part.subjects if w.key in about)


def _replaced(part: Part, stated: Reading, known: _Known) -> Problem | None:
    """Return a subject that was put in place of the one that a statement has."""
    said = _phrases(part.words)
    points_back = _points_back(part) and not _POINTS_BACK.match(stated.text)
    if not said and not points_back:
        return None
    for subjects, reach in _said_clauses(part, stated):
        lost = [p for p in subjects if not _is_kept(p, part, reach)]
        if points_back and lost:
            return Problem("subject_missing", lost[0].head.run)
        clause = _Clause.of(stated, subjects[0].clause, known)
        for phrase in said:
            same = any(_same_thing(phrase.head, p.head) for p in subjects)
            asked = phrase.clause <= reach and (lost or same)
            suffers = _SUFFERS.search(part.reading.text, *part.reading.clauses[phrase.clause])
            if asked and not clause.speaks_of(phrase, same=same, suffers=bool(suffers)):
                return Problem("subject_missing", " ".join(w.run for w in phrase.words))
    return None


def _phrases(words: Sequence[Word]) -> list[_Phrase]:
    """Return the phrases that the words speak of, in order."""
    generic = wording().generic
    grouped = groupby(
        (w for w in words if w.role in _SPOKEN_OF and w.key not in generic),
        key=lambda w: (w.phrase, w.clause),
    )
    return [_Phrase(tuple(group), clause) for (_, clause), group in grouped]


def _points_back(part: Part) -> bool:
    first, last = part.span
    return _POINTS_BACK.match(part.reading.text, first, last) is not None


def _said_clauses(part: Part, own: Reading) -> Iterator[tuple[list[_Phrase], int]]:
    """Yield the subjects of the evidence's clauses that the part says, with where it says them.

    The second is the number of the part's clause that says most of it.
    """
    phrases = _phrases(own.words)
    said = _items(part.words, part.figures, part.reading)
    everything = frozenset[str]().union(*said.values())
    for number, items in _items(own.words, own.figures, own).items():
        stated = [p for p in phrases if p.clause == number]
        rest = items - {_meaning(w) for p in stated for w in p.words}
        if stated and rest and len(rest & everything) >= _CLAUSE_SAID * len(rest):
            yield stated, max(said, key=lambda clause: len(rest & said[clause]))


def _items(
    words: Sequence[Word], figures: Sequence[Figure], reading: Reading
) -> dict[int, frozenset[str]]:
    """Return the meanings of the words and the keys of the figures of each clause."""
    found: dict[int, set[str]] = {}
    for word in words:
        if word.key not in wording().generic:
            found.setdefault(word.clause, set()).add(_meaning(word))
    for figure in figures:
        found.setdefault(reading.clause_of(figure.start), set()).add(figure.key)
    return {clause: frozenset(items) for clause, items in found.items()}


def _meaning(word: Word) -> str:
    return min(wording().same_as(word.key))


def _is_kept(phrase: _Phrase, part: Part, reach: int) -> bool:
    """Tell whether the part speaks of a subject of its evidence no later than where it says it."""
    said = [w for w in part.reading.words if w.clause <= reach]
    everything = {w.key for w in said}
    return any(
        _same_thing(w, phrase.head) and _whole(phrase.head, phrase, everything) for w in said
    )


def _whole(head: Word, phrase: _Phrase, said: set[str]) -> bool:
    """Tell whether what a compound is made of is said: 중소 of 중소기업."""
    return all(
        wording().same_as(w.key) & said
        for w in phrase.words
        if w.run == head.run and w.key != head.key
    )


def _same_thing(one: Word, other: Word) -> bool:
    """Tell whether two words are called the same; 벤처기업 and 바이오기업 are not."""
    if one.key != other.key:
        return other.key in wording().same_as(one.key)
    return one.run.endswith(other.run) or other.run.endswith(one.run)
