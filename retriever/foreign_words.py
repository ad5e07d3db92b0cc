"""English words and romanised names of a question, in the Korean that the corpus has for them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise, takewhile

from retriever.aliases import AliasTable
from retriever.analysis import KoreanAnalyzer
from retriever.english import EnglishTable
from retriever.lexical import LexicalIndex
from retriever.particles import refit
from retriever.romanisation import PLACE_ENDINGS, name_readings, readings
from retriever.transliteration import TransliterationIndex

# Letters beside a digit or one of these are part of a name that is left alone: GLP-1, R&D.
_WORD = re.compile(r"(?<![0-9A-Za-z&+_@])[A-Za-z]+(?![0-9A-Za-z&+_@])")
_GAP = re.compile(r"[ .-]|\. ")
_ABBREVIATED = re.compile(r"(?:[A-Za-z]\.){2}")
_LETTER = re.compile(r"[A-Za-z]")
_HANGUL = re.compile(r"[가-힣]")
_SPACES = re.compile(r"  +")
# Longer text is pasted, not typed.
_MAX_CHARS = 300
# A Latin word has no dictionary that tells a name from a slip, so the other writing must be sure.
SURE_OF_SOUND = 0.93
# Letters that are said one by one sound like many a word: EPL like 애플.
_ABBREVIATION_CHARS = 4
_MIN_SYLLABLES = 2
_PAIR = 2
_MOST_NAME_WORDS = 3
# How Korean vowels are written; English words hardly hold these.
_KOREAN_VOWELS = re.compile(r"eo|eu|ae|oe|ui|ye[aeo]?")
# Words that hold an English sentence together; among Korean words they say nothing.
_SMALL_WORDS = (
    "an the of in on at for to from by with and or is are was were be been do does did has have"
    " this that these those its their"
)
_FUNCTION_WORDS = frozenset(_SMALL_WORDS.split())


@dataclass(frozen=True, slots=True)
class Reading:
    """Latin words of a question, and what is searched for in their place.

    Attributes:
        start, end: where they stand in the question.
        korean: empty for words that say nothing.
    """

    start: int
    end: int
    korean: str


class ForeignWords:
    """Reads the Latin words of questions to one corpus; safe to share between threads.

    Args:
        table: Korean for everyday English.
        aliases: names that are known in both languages.
        analyzer: the analyser that the index was built with.
        morphemes: BM25 over morphemes, which knows the words of the corpus.
        writings: gives the corpus's words by their sounds.
    """

    def __init__(
        self,
        table: EnglishTable,
        aliases: AliasTable,
        analyzer: KoreanAnalyzer,
        morphemes: LexicalIndex,
        writings: Callable[[], TransliterationIndex],
    ) -> None:
        self._table = table
        self._aliases = aliases
        self._analyzer = analyzer
        self._morphemes = morphemes
        self._writings = writings

    def warm(self) -> None:
        """Prepare now (0.1 s) what the first English word would wait for."""
        _ = self._frequencies

    def in_korean(self, text: str) -> str:
        """Return ``text`` with its English words and romanised names in Korean.

        Particles are made to fit. What the corpus writes in Latin letters stays, and so does what
        is not understood.
        """
        if len(text) > _MAX_CHARS or not _LETTER.search(text):
            return text
        found = self.read(text)
        for reading in reversed(found):
            text = text[: reading.start] + refit(reading.korean, text[reading.end :])
        return _SPACES.sub(" ", text).strip() if found else text

    def read(self, text: str) -> list[Reading]:
        """Return the Latin words of ``text`` that are better searched for in Korean, in order."""
        return [reading for run in _runs(text) for reading in self._read_run(text, run)]

    def _read_run(self, text: str, run: Sequence[re.Match[str]]) -> Iterator[Reading]:
        at = 0
        while at < len(run):
            if cited := self._cited([match[0] for match in run[at:]]):
                at += cited
                continue
            for count in range(min(self._table.longest, len(run) - at), 0, -1):
                start, end = run[at].start(), run[at + count - 1].end()
                phrase = text[start:end]
                korean = self._korean(phrase, opens=start == 0, alone=len(run) == 1)
                if korean is None:
                    continue
                if _ABBREVIATED.fullmatch(text, start, end + 1):
                    end += 1
                if korean != phrase and not _is_given(korean, text[:start], text[end:]):
                    yield Reading(start, end, korean)
                break
            at += count

    def _korean(self, phrase: str, *, opens: bool, alone: bool) -> str | None:
        """Return what to search for instead, the phrase itself to leave it, None to look on.

        Args:
            phrase: one word or more, as written.
            opens: the question starts with it.
            alone: no other Latin word is beside it.
        """
        words = _WORD.findall(phrase)
        folded = [word.lower() for word in words]
        if names := self._aliases.others(phrase):
            # An abbreviation stays, and its other names are searched for and shown beside it.
            return phrase if phrase.isupper() else self._commonest_name(names, folded) or phrase
        if phrase in _FUNCTION_WORDS or (opens and folded[0] in _FUNCTION_WORDS and not words[1:]):
            return phrase if alone else ""
        return self._of_table(phrase, folded, opens=opens) or self._name(phrase, words)

    def _cited(self, words: Sequence[str]) -> int:
        """Return how many of the first words are a name in the corpus, or cited from it."""
        beside = ((a + b).lower() for a, b in pairwise(words))
        count = 1 + sum(1 for _ in takewhile(self._morphemes.frequency, beside))
        is_name = count == _PAIR and all(word[0].isupper() for word in words[:count])
        return count if count > _PAIR or is_name else 0

    def _commonest_name(self, names: Sequence[str], folded: Sequence[str]) -> str | None:
        """Return the Korean one of other names, where the corpus writes it more often."""
        korean = [name for name in names if _HANGUL.search(name)]
        own = {
            name: self._frequency(terms)
            for name, terms in zip(korean, self._analyzer.morphemes(korean), strict=True)
        }
        best = max(korean, key=own.__getitem__, default=None)
        return best if best and own[best] > self._frequency(folded) else None

    def _of_table(self, phrase: str, folded: Sequence[str], *, opens: bool) -> str | None:
        """Return the table's word that stands in the corpus, and where none does, the usual one.

        That one tells what is asked for, and that it is not there; but a capital inside a question
        may begin a name (a paper in Nature), which only a place is safe to be read as.
        """
        key = self._table.key(phrase)
        if key is None:
            return phrase if self._are_known(folded) else None
        usual, *_ = self._table.words[key]
        standing = [word for word in self._table.words[key] if word in self._frequencies]
        if known := self._frequency(folded):
            best = next((w for w in standing if self._frequencies[w] > known), None)
            return best or (phrase if len(folded) == 1 else None)
        if standing:
            return standing[0]
        is_plain = opens or phrase.islower() or key in self._table.places
        return usual if is_plain else None

    def _are_known(self, folded: Sequence[str]) -> bool:
        return len(folded) == 1 and self._morphemes.frequency(folded[0]) > 0

    def _name(self, phrase: str, words: Sequence[str]) -> str | None:
        """Return the Hangul of a Korean name, or of English that the corpus writes by its sound."""
        solid = "".join(words).lower()
        is_place = len(words) == _PAIR and "-" in phrase and words[1].lower() in PLACE_ENDINGS
        strict = readings(solid) if is_place or len(words) == 1 else []
        return (
            next((name for name in strict if self._is_korean_name(name, solid)), None)
            or self._by_sound(solid, is_abbreviation=phrase.isupper())
            or next((n for n in _usual(words, is_place) if self._is_korean_name(n, "")), None)
            or (self._part_of_place(words) if is_place else None)
        )

    def _by_sound(self, solid: str, *, is_abbreviation: bool) -> str | None:
        if is_abbreviation and len(solid) <= _ABBREVIATION_CHARS:
            return None
        found = self._writings().other_writings(solid)[:1]
        return next((like.word for like in found if like.likeness >= SURE_OF_SOUND), None)

    def _part_of_place(self, words: Sequence[str]) -> str | None:
        """Return a known place with the Korean of its kind: 강남구 for Gangnam-gu."""
        place = self._korean(words[0], opens=False, alone=False)
        is_read = place and place != words[0]
        return f"{place}{PLACE_ENDINGS[words[1].lower()]}" if is_read else None

    def _is_korean_name(self, word: str, latin: str) -> bool:
        if len(word) < _MIN_SYLLABLES or not self._morphemes.frequency(word):
            return False
        return bool(_KOREAN_VOWELS.search(latin)) or self._analyzer.is_name(word)

    def _frequency(self, terms: Sequence[str]) -> int:
        """Return how many passages hold the rarest of the terms."""
        return min(map(self._morphemes.frequency, terms), default=0)

    @cached_property
    def _frequencies(self) -> dict[str, int]:
        """Return how many passages hold each of the table's words, those that stand in any."""
        korean = list(dict.fromkeys(w for words in self._table.words.values() for w in words))
        terms = self._analyzer.morphemes(korean)
        found = {word: self._frequency(own) for word, own in zip(korean, terms, strict=True)}
        return {word: frequency for word, frequency in found.items() if frequency}


def _is_given(korean: str, before: str, after: str) -> bool:
    """Tell whether the question gives a word in both languages: 오믹스(omics)."""
    sides = before.rstrip(" ([").endswith(korean), after.lstrip(" ([").startswith(korean)
    return bool(korean) and any(sides)


def _usual(words: Sequence[str], is_place: bool) -> Iterator[str]:
    """Yield Hangul for names in spellings of other systems and of habit."""
    if 1 < len(words) <= _MOST_NAME_WORDS:
        yield from name_readings(words)
    if is_place or len(words) == 1:
        yield from readings("".join(words), usual=True)


def _runs(text: str) -> Iterator[list[re.Match[str]]]:
    """Yield the Latin words that stand together."""
    run: list[re.Match[str]] = []
    for match in _WORD.finditer(text):
        if run and not _GAP.fullmatch(text, run[-1].end(), match.start()):
            yield run
            run = []
        run.append(match)
    if run:
        yield run
