"""Terms that a corpus can complete a question with, as its documents spell them."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from retriever.folding import fold
from retriever.keyboard import FINALS, INITIALS, VOWELS

MOST_WORDS = 3
"""Words of one term."""
_HEADING_WEIGHT = 3
"""A passage under a heading that holds the term counts as so many: headings say what it is about.

Not measured: there is no set of completions to measure on.
"""
_PAIR = 2
_SEVERAL = 2
_MIN_CHARS = 2
_MOST_CHARS = 30

_WORD = re.compile(r"[0-9A-Za-z가-힣]+(?:[&./+_·-][0-9A-Za-z가-힣]+)*")
# Compatibility letters, as keyboards make them, for the conjoining ones that folding gives.
_SINGLE_LETTERS = str.maketrans(
    {
        **{chr(0x1100 + i): letter for i, letter in enumerate(INITIALS)},
        **{chr(0x1161 + i): letter for i, letter in enumerate(VOWELS)},
        **{chr(0x11A7 + i): letter for i, letter in enumerate(FINALS) if letter},
    }
)
# What may stand behind a noun and is no part of it.
_PARTICLE_LIST = (
    "은 는 이 가 을 를 의 에 와 과 로 도 만 들 란 된 한 할 함 됨 인 적 에서 에게 으로 까지 부터"
    " 보다 처럼 이나 이며 이고 하고 에는 에도 로써 로서 들이 들은 들을 들의 이다 이란 하는 하여"
    " 되는 되어 하며 되고 되며 적인 으로는 으로써 으로서 에서는"
)
_PARTICLES = sorted(_PARTICLE_LIST.split(), key=len, reverse=True)


@dataclass(frozen=True, slots=True)
class Term:
    """A term as documents write it.

    Attributes:
        text: its most frequent spelling.
        count: how many passages hold it.
        weight: by which terms are ranked.
    """

    text: str
    count: int
    weight: int


@dataclass(frozen=True, slots=True)
class _Word:
    """A word of the text: what of it is a term, and whether that is all of it."""

    text: str
    key: str
    is_whole: bool


def term_key(text: str) -> str:
    """Return what a term is found by: folded, without spaces, bare letters as keyboards make."""
    return fold(text).translate(_SINGLE_LETTERS).replace(" ", "")


def read_terms(
    texts: Iterable[tuple[Sequence[str], str]], frequency: Callable[[str], int]
) -> list[Term]:
    """Find terms and their spelling in text, without analysing it again.

    A word is a term where the index knows it, the particle behind it taken off. Terms side by side
    are one where they stand in several passages or in a heading.

    Args:
        texts: heading path and text of each passage.
        frequency: how many passages hold a term of the index.
    """
    reader = _TermReader(frequency)
    for headings, text in texts:
        reader.read(headings, text)
    return list(reader.terms())


class _TermReader:
    """Counts terms, a passage at a time."""

    def __init__(self, frequency: Callable[[str], int]) -> None:
        self._frequency = frequency
        self._words: dict[str, _Word | None] = {}
        self._spellings: dict[str, Counter[str]] = defaultdict(Counter)
        self._passages: Counter[str] = Counter()
        self._headed: Counter[str] = Counter()

    def read(self, headings: Sequence[str], text: str) -> None:
        """Take in one passage."""
        inside = [term for line in text.splitlines() for term in self._terms_of(line, _PAIR)]
        above = [term for line in headings for term in self._terms_of(line, MOST_WORDS)]
        for key, spelling in (*inside, *above):
            self._spellings[key][spelling] += 1
        self._passages.update({key for key, _ in (*inside, *above)})
        self._headed.update({key for key, _ in above})

    def terms(self) -> Iterator[Term]:
        """Yield the terms of all passages."""
        for key, found in self._spellings.items():
            text = max(found, key=lambda spelling: (found[spelling], -len(spelling), spelling))
            headed, passages = self._headed[key], self._passages[key]
            if " " not in text or headed or passages >= _SEVERAL:
                count = max(passages, self._frequency(key))
                yield Term(text, count, count + _HEADING_WEIGHT * headed)

    def _terms_of(self, line: str, most_words: int) -> Iterator[tuple[str, str]]:
        """Yield the key and the spelling of each term of a line."""
        run: list[_Word] = []
        end = -1
        for found in _WORD.finditer(line):
            word = self._word(found.group())
            continues = end >= 0 and line[end : found.start()] == " "
            end = found.end()
            if word is None:
                run = []
                continue
            run = [*run[1 - most_words :], word] if continues else [word]
            for size in range(1, len(run) + 1):
                part = run[-size:]
                yield "".join(w.key for w in part), " ".join(w.text for w in part)
            if not word.is_whole:
                run = []

    def _word(self, written: str) -> _Word | None:
        if written not in self._words:
            parts = (_Word(part, term_key(part), part == written) for part in _bare(written))
            self._words[written] = next((word for word in parts if self._is_term(word.key)), None)
        return self._words[written]

    def _is_term(self, key: str) -> bool:
        if not _MIN_CHARS <= len(key) <= _MOST_CHARS or key.isdecimal():
            return False
        return self._frequency(key) > 0


def _bare(written: str) -> Iterator[str]:
    """Yield a word, then what it may be without the particle behind it."""
    yield written
    for particle in _PARTICLES:
        if written.endswith(particle):
            yield written[: -len(particle)]
