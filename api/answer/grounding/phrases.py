"""What a sentence speaks of: its noun phrases that are subjects or topics."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from api.answer.grounding.figure import Figure
from api.answer.grounding.part import Part
from api.answer.grounding.reading import Reading
from api.answer.grounding.roles import SUBJECT, TOPIC
from api.answer.grounding.wording import wording
from api.answer.grounding.words import Word

SPOKEN_OF = frozenset({SUBJECT, TOPIC})
# A clause of the evidence is said where so much of its words and figures is.
_CLAUSE_SAID = 0.5
# 이는, 이 수치는: a subject that only an earlier sentence tells.
_POINTS_BACK = re.compile(
    r"\s*(?:(?:그리고|또|또한|특히|즉)\s)?"
    r"(?:(?:이|그|이것|그것|이들|그들|이곳|그곳|여기)(?:은|는|가|이|도|로써|으로)\s"
    r"|(?:이|그|이러한|그러한|이런|해당|동)\s)"
)


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase that a clause speaks of.

    Attributes:
        words: those that say something; never none.
        clause: number of its clause.
    """

    words: tuple[Word, ...]
    clause: int

    @property
    def head(self) -> Word:
        """What the phrase is called by: 수출액 in 한국의 반도체 수출액(잠정)."""
        return next((w for w in reversed(self.words) if not w.bracketed), self.words[-1])


def phrases_of(words: Sequence[Word]) -> list[Phrase]:
    """Return the phrases that the words speak of, in order."""
    generic = wording().generic
    grouped = groupby(
        (w for w in words if w.role in SPOKEN_OF and w.key not in generic),
        key=lambda w: (w.phrase, w.clause),
    )
    return [Phrase(tuple(group), clause) for (_, clause), group in grouped]


def spoken_of(part: Part) -> list[Word]:
    """Return the words of a part, after those that it takes its subject from."""
    return [*(w for w in part.subjects if part.inherited), *part.words]


def points_back(text: str, start: int = 0, end: int = sys.maxsize) -> bool:
    """Tell whether a text begins with a word for what an earlier sentence named."""
    return _POINTS_BACK.match(text, start, end) is not None


def said_clauses(part: Part, own: Reading) -> Iterator[tuple[list[Phrase], int]]:
    """Yield the subjects of the evidence's clauses that the part says, with where it says them.

    The second is the number of the part's clause that says most of it.
    """
    phrases = phrases_of(own.words)
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


def is_kept(phrase: Phrase, part: Part, reach: int) -> bool:
    """Tell whether the part speaks of a subject of its evidence no later than where it says it."""
    said = [w for w in part.reading.words if w.clause <= reach]
    everything = {w.key for w in said}
    return any(same_thing(w, phrase.head) and _whole(phrase.head, phrase, everything) for w in said)


def _whole(head: Word, phrase: Phrase, said: set[str]) -> bool:
    """Tell whether what a compound is made of is said: 중소 of 중소기업."""
    return all(
        wording().same_as(w.key) & said
        for w in phrase.words
        if w.run == head.run and w.key != head.key
    )


def same_thing(one: Word, other: Word) -> bool:
    """Tell whether two words are called the same; 벤처기업 and 바이오기업 are not."""
    if one.key != other.key:
        return other.key in wording().same_as(one.key)
    return one.run.endswith(other.run) or other.run.endswith(one.run)
