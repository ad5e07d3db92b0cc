"""What reports write for everyday English words: 예산 for budget, 병목 for bottleneck."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

_TABLE = Path(__file__).with_name("english.json")
_PLACES = "나라와 땅"
_NO_LETTER = re.compile(r"[^a-z]+")
# What grammar puts behind a word, and what may stand there without it; the first that the table
# holds is taken: policies, processes, costs, applied, adopting, planned, standardize.
_ENDINGS = (
    (re.compile(r"ies$"), ("y",)),
    (re.compile(r"(?<=[sxz])es$|(?<=[cs]h)es$"), ("",)),
    (re.compile(r"(?<=[^s])s$"), ("",)),
    (re.compile(r"ied$"), ("y",)),
    (re.compile(r"(?:ed|ing)$"), ("", "e")),
    (re.compile(r"(.)\1(?:ed|ing)$"), (r"\1",)),
    (re.compile(r"i[sz](?:e|ed|ing)$"), ("ization",)),
)
_MIN_STEM = 3


# Without slots: the keys are made once.
@dataclass(frozen=True)
class EnglishTable:
    """Korean for English words and phrases, which are found whatever their spaces and endings.

    Attributes:
        words: Korean words, the most usual first, by English in small letters.
        places: which keys of ``words`` name places.
    """

    words: Mapping[str, tuple[str, ...]]
    places: frozenset[str] = frozenset()

    def key(self, phrase: str) -> str | None:
        """Return the key of ``words`` that a phrase is a form of, as Basic-plans of basic plan."""
        solid = _NO_LETTER.sub("", phrase.lower())
        return next((self._keys[form] for form in _forms(solid) if form in self._keys), None)

    @cached_property
    def longest(self) -> int:
        """Of how many words the longest phrase is."""
        return max((len(key.split()) for key in self.words), default=0)

    @cached_property
    def _keys(self) -> dict[str, str]:
        return {_NO_LETTER.sub("", key): key for key in self.words}


@cache
def english_table() -> EnglishTable:
    """Return the built-in table, read once."""
    groups = json.loads(_TABLE.read_text(encoding="utf-8"))
    words = {key: tuple(korean) for group in groups.values() for key, korean in group.items()}
    return EnglishTable(words, frozenset(groups[_PLACES]))


def _forms(word: str) -> Iterator[str]:
    yield word
    for ending, others in _ENDINGS:
        match = ending.search(word)
        if match and match.start() >= _MIN_STEM:
            yield from (ending.sub(other, word) for other in others)
