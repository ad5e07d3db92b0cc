"""What people say for what reports write: 돈 for 예산, 세우다 for 설립, 뭐가 문제야 for 한계."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

from retriever.folding import fold
from retriever.term_kind import is_stem

# What a report word counts where it stands for a word of the question: one that says the same, and
# one that often does. Chosen on 489 `tune` questions; figures in docs/korean-retrieval.md.
SAME = 1.0
NEAR = 0.6

_TABLE = Path(__file__).with_name("colloquial.json")
_SYNONYMS = Path(__file__).with_name("synonyms.json")
_GAP = re.compile(r"\s+")
StandIns = dict[str, dict[str, float]]
"""For words of a question, the words that may stand for each, with what they count, 0..1."""


@dataclass(frozen=True, slots=True)
class ColloquialTable:
    """Report words for the words of a question; words are search terms (``돈``, ``늘/v``).

    Attributes:
        same: by word, what says the same.
        near: by word, what often does.
        idioms: by two words or more that stand together (``발목 잡/v``), what they say.
        denied: by a word that is denied, what is not made of a word and a negative prefix.
        phrases: report nouns by wording without spaces.
    """

    same: Mapping[str, Sequence[str]] = field(default_factory=dict)
    near: Mapping[str, Sequence[str]] = field(default_factory=dict)
    idioms: Mapping[str, Sequence[str]] = field(default_factory=dict)
    denied: Mapping[str, Sequence[str]] = field(default_factory=dict)
    phrases: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def report_words(self, query: str, terms: Sequence[str]) -> tuple[str, ...]:
        """Return the report nouns for the wording of a question, each once.

        Args:
            query: the question as asked.
            terms: its search terms, which are not returned.
        """
        squeezed = _GAP.sub("", fold(query))
        found = [w for said, words in self.phrases.items() if said in squeezed for w in words]
        return tuple(word for word in dict.fromkeys(found) if word not in terms)

    def stand_ins(self, terms: Collection[str]) -> StandIns:
        """Return the words that may stand for words of a question, none of them its own.

        Args:
            terms: its search terms.
        """
        asked = frozenset(terms)
        found: StandIns = {}
        for term in terms:
            _add(found, term, self.near.get(term, ()), NEAR, asked)
            _add(found, term, self.same.get(term, ()), SAME, asked)
        for idiom, words in self.idioms.items():
            parts = idiom.split()
            if asked.issuperset(parts):
                for part in parts:
                    _add(found, part, words, SAME, asked)
        return found

    def nouns_for(self, term: str) -> tuple[str, ...]:
        """Return the nouns that say the same as a word, itself first where it is one."""
        words = (term, *self.same.get(term, ()))
        return tuple(word for word in words if not is_stem(word))


def _add(
    found: StandIns, term: str, words: Iterable[str], share: float, asked: Collection[str]
) -> None:
    more = {word: share for word in words if word not in asked}
    if more:
        found[term] = {**found.get(term, {}), **more}


@cache
def colloquial_table() -> ColloquialTable:
    """Return the built-in table of what people say, read once."""
    return ColloquialTable(**json.loads(_TABLE.read_text(encoding="utf-8")))


@cache
def thesaurus() -> ColloquialTable:
    """Return the same with the synonyms that reports choose from (설립, 창립), read once."""
    said = colloquial_table()
    more = ColloquialTable(**json.loads(_SYNONYMS.read_text(encoding="utf-8")))
    return replace(
        said,
        same=_together(said.same, more.same),
        near=_together(said.near, more.near),
        idioms=_together(said.idioms, more.idioms),
    )


def _together(
    first: Mapping[str, Sequence[str]], second: Mapping[str, Sequence[str]]
) -> dict[str, Sequence[str]]:
    return {k: (*first.get(k, ()), *second.get(k, ())) for k in {**first, **second}}
