"""Words of a claim found again in a sentence: itself, of the same meaning, of the opposite one."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise

from api.answer.claim import Claim
from api.answer.grounding.coverage import OtherNames, stands_in
from api.answer.grounding.reading import Reading
from api.answer.grounding.wording import wording
from api.answer.grounding.words import Word
from retriever.colloquial import colloquial_table

# Written together and so long, a word is the name of one thing.
_COMPOUND = 5
# Everyday words that share so many of the words that reports have for them mean the same.
_SHARED = 2
# Of money, what all say that it was spent.
_SPENDS = frozenset({"투자", "투입", "들이/v", "들/v", "쓰/v", "지출", "집행", "쏟/v"})
_CONTRAST = re.compile(r"반면에?,?\s|(?:와|과)는?\s(?:달리|반대로),?\s|데\s(?:반해|비해),?\s")
_THAN = re.compile(r"[가-힣]{0,2}보다[는도]")
_REASON = re.compile(r"므로,?\s")
# Meanings that the table of the checks lacks, since it serves checks and not questions.
_OPPOSITE = {
    "많/v": frozenset({"극소수", "희박"}),
    "앞서/v": frozenset({"뒤처지/v", "후발", "뒤떨어지/v"}),
    "충분": frozenset({"모자라/v", "극소수"}),
    "느려지/v": frozenset({"가속", "가속화", "빨라지/v"}),
    "약해지/v": frozenset({"강화", "강해지/v"}),
    "나빠지/v": frozenset({"개선", "호전", "향상"}),
    "높아지/v": frozenset({"낮아지/v", "하락", "저하"}),
    "낮아지/v": frozenset({"높아지/v", "상승", "향상"}),
    "줄어들/v": frozenset({"급성장"}),
}


@dataclass(frozen=True, slots=True)
class Segment:
    """A clause of a sentence, cut at 반면 too.

    Attributes:
        start, end: in the sentence.
        words: its words.
        keys: of the words.
        squeezed: its text without spaces.
        contrasted: the next one is set against it.
    """

    start: int
    end: int
    words: tuple[Word, ...]
    keys: frozenset[str]
    squeezed: str
    contrasted: bool = False

    @property
    def subjects(self) -> tuple[Word, ...]:
        """Its words marked as subject or topic."""
        return tuple(w for w in self.words if w.role in ("subject", "topic") and w.key != "반면")


def segments_of(reading: Reading) -> list[Segment]:
    """Return the clauses of a sentence in order."""
    contrasts = [m.end() for m in _CONTRAST.finditer(reading.text)]
    reasons = [m.end() for m in _REASON.finditer(reading.text)]
    ends = [end for _, end in reading.clauses]
    cuts = sorted({0, *ends, *contrasts, *reasons, len(reading.text)})
    found = []
    compared = _compared(reading)
    for start, end in pairwise(cuts):
        words = tuple(
            replace(w, role="than") if w.phrase in compared else w
            for w in reading.words
            if start <= w.start < end
        )
        text = reading.text[start:end]
        found.append(
            Segment(
                start,
                end,
                words,
                frozenset(w.key for w in words),
                "".join(text.split()),
                end in contrasts,
            )
        )
    return found


def _compared(reading: Reading) -> frozenset[int]:
    """Return the phrases before 보다는 and 보다도, whose role a second particle hides."""
    ends = {w.phrase: w.end for w in reading.words if w.phrase >= 0}
    return frozenset(p for p, end in ends.items() if _THAN.match(reading.text, end))


def names_stand(claim: Claim, readings: Iterable[Reading]) -> bool:
    """Tell whether the subjects of a claim that are names stand in texts as they are written."""
    text = "\n".join(reading.squeezed for reading in readings)
    unread = all(name in text for name in claim.unread)
    return unread and all(_whole_stands(w, text, claim.names) for w in claim.subjects)


def _whole_stands(word: Word, squeezed: str, names: OtherNames) -> bool:
    """Tell whether a compound that a word is part of stands as it is written: 국가바이오위원회.

    Its pieces alone may belong to another one of the kind.
    """
    run = word.run.replace(" ", "")
    if len(run) < _COMPOUND or run in squeezed:
        return True
    others = [other for name, known in names.items() if word.key in name for other in known]
    return any(other in squeezed for other in others)


def stands(word: Word, segments: Iterable[Segment], names: OtherNames) -> bool:
    """Tell whether a word stands in any of the clauses, by itself or by another name."""
    return any(_stands_in(word, s.keys, s.squeezed, names) for s in segments)


def stands_above(word: Word, readings: Iterable[Reading], names: OtherNames) -> bool:
    """Tell the same of texts."""
    return any(_stands_in(word, r.keys, r.squeezed, names) for r in readings)


def same(word: Word) -> frozenset[str]:
    """Return the keys of the words that say the same."""
    return wording().same_as(word.key) | _everyday(word.key)


def opposite(word: Word) -> frozenset[str]:
    """Return the keys of the words that say the opposite."""
    return wording().opposite_of(word.key) | _OPPOSITE.get(word.key, frozenset())


def is_said(word: Word, others: Iterable[Word], names: OtherNames) -> bool:
    """Tell whether one of ``others`` says what a word says."""
    others = tuple(others)
    keys = frozenset(w.key for w in others)
    return _stands_in(word, keys, "\n".join(w.run.replace(" ", "") for w in others), names)


def _stands_in(word: Word, keys: frozenset[str], squeezed: str, names: OtherNames) -> bool:
    return bool(same(word) & keys) or stands_in(word, keys, squeezed, names)


@cache
def _everyday(key: str) -> frozenset[str]:
    """Return what reports say for an everyday word, and the other way round."""
    table = colloquial_table()
    stems = {stem: frozenset(words) for stem, words in table.same.items() if stem.endswith("/v")}
    own = stems.get(key, frozenset())
    said = (s for s, words in stems.items() if key in words or len(words & own) >= _SHARED)
    return frozenset((*own, *said, *(_SPENDS if key in _SPENDS else ())))
