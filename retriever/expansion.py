"""What a question is searched for beside its own words.

Other names (AI for 인공지능) become further BM25 terms of less weight; a name that the corpus only
writes in another way (NVIDIA for 엔비디아) takes the place of the question's own. What reports
write for what people say (예산 for 돈) stands in for a word of the question that is missing. Only
what stands in the corpus is added, and an other name never weighs more than the one asked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from retriever.aliases import AliasTable
from retriever.analysis import KoreanAnalyzer, bigrams
from retriever.colloquial import SAME, ColloquialTable, StandIns
from retriever.english import english_table
from retriever.foreign_words import SURE_OF_SOUND, ForeignWords
from retriever.lexical import LexicalIndex
from retriever.negation import denials, denied_noun, may_deny, negative_words
from retriever.transliteration import TransliterationIndex

# What a further term counts, where a term of the question counts 1. Chosen on tune questions of
# two kinds (80 over reports, 1,585 over encyclopaedia passages) and on both sets again with each
# name in a question exchanged for its other name; figures in docs/korean-retrieval.md.
ALIAS_WEIGHT = 0.3
# Of the bigrams; the word itself takes the place of the one that the corpus lacks.
TRANSLITERATION_WEIGHT = 0.5
COLLOQUIAL_WEIGHT = 0.1
NEGATIVE_WEIGHT = 0.3

# The other names that were seen most often; more would drown the question.
_MOST_NAMES = 2
_PLAIN_WORD = re.compile(r"[a-z]+|[가-힣]+")
_LATIN = re.compile(r"[a-z]")


@dataclass(frozen=True, slots=True)
class Expansion:
    """Further terms of a question.

    Attributes:
        terms: weight of each morpheme term that the question itself lacks.
        grams: weight of each character bigram that the question itself lacks.
        names: the other names and writings, as written, for people.
        known: terms of the question that the corpus holds under another name.
        writings: terms that stand nowhere in the corpus, each with what stands there for it: its
            other name, or the same name in the other script.
        stand_ins: for terms of the question, the words of the corpus that say the same and what
            each counts where the term itself is missing, 0..1.
        worded: terms of the question that other words are known for, in the corpus or not.
        denials: words of the corpus for what the question denies (미활용 for 안 쓰는), each behind
            the offset in the question where the denying words end.
    """

    terms: Mapping[str, float] = field(default_factory=dict)
    grams: Mapping[str, float] = field(default_factory=dict)
    names: tuple[str, ...] = ()
    known: frozenset[str] = frozenset()
    writings: Mapping[str, str] = field(default_factory=dict)
    stand_ins: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    worded: frozenset[str] = frozenset()
    denials: tuple[tuple[int, str], ...] = ()


class QueryExpander:
    """Finds further terms for questions to one index; safe to share between threads.

    Args:
        aliases: the learned, built-in and the operator's aliases.
        colloquial: report nouns for what people say.
        analyzer: the analyser that the index was built with.
        morphemes: BM25 over morphemes.
        grams: BM25 over character bigrams.
    """

    def __init__(
        self,
        aliases: AliasTable,
        colloquial: ColloquialTable,
        analyzer: KoreanAnalyzer,
        morphemes: LexicalIndex,
        grams: LexicalIndex,
    ) -> None:
        self.aliases = aliases
        self._colloquial = colloquial
        self._analyzer = analyzer
        self._morphemes = morphemes
        self._grams = grams
        self._foreign = ForeignWords(
            english_table(), aliases, analyzer, morphemes, lambda: self._writings
        )

    @cached_property
    def _writings(self) -> TransliterationIndex:
        return TransliterationIndex(self._morphemes.vocabulary)

    def warm(self) -> None:
        """Prepare the other writings now (0.2 ms a passage) instead of at an unknown word."""
        _ = self._writings
        self._foreign.warm()

    def in_korean(self, query: str) -> str:
        """Return a question with its English words and romanised names as the corpus has them.

        One without Latin letters comes back as it is, at no cost.
        """
        return self._foreign.in_korean(query)

    def expand(self, query: str, terms: Sequence[str]) -> Expansion:
        """Return what to search for beside ``terms``, the analysed terms of ``query``."""
        more: dict[str, float] = {}
        more_grams: dict[str, float] = {}
        names: list[str] = []
        known: set[str] = set()
        writings: dict[str, str] = {}
        for name, other in self._other_names(query):
            own, others = self._analyzer.morphemes([name, other])
            if not self._stands(others):
                continue
            names.append(other)
            known.update(own)
            if len(own) == 1 and not self._morphemes.frequency(own[0]):
                writings.setdefault(own[0], other)
            else:
                _add(more, capped(own, others, self._morphemes, ALIAS_WEIGHT))
            _add(more_grams, capped(bigrams(name), bigrams(other), self._grams, ALIAS_WEIGHT))
        for term, word in self._other_writings(terms):
            if term in writings:
                continue
            writings[term] = word
            names.append(word)
            known.add(term)
            _add(more_grams, dict.fromkeys(bigrams(word), TRANSLITERATION_WEIGHT))
        for word in self._colloquial.report_words(query, terms):
            if self._morphemes.frequency(word):
                _add(more, {word: COLLOQUIAL_WEIGHT})
        known.update(term for term in terms if self._is_known_denied(term))
        said_otherwise = self._colloquial.stand_ins(terms)
        stand_ins, denied = self._stand_ins(query, terms, said_otherwise)
        _add(more, dict.fromkeys((word for _, word in denied), NEGATIVE_WEIGHT))
        own_grams = frozenset(bigrams(query))
        return Expansion(
            terms={term: weight for term, weight in more.items() if term not in terms},
            grams={gram: weight for gram, weight in more_grams.items() if gram not in own_grams},
            names=tuple(dict.fromkeys(names)),
            known=frozenset(known),
            writings=writings,
            stand_ins=stand_ins,
            worded=frozenset(said_otherwise),
            denials=denied,
        )

    def _stand_ins(
        self, query: str, terms: Sequence[str], said_otherwise: StandIns
    ) -> tuple[StandIns, tuple[tuple[int, str], ...]]:
        """Return the stand-ins that the corpus holds, and what it calls the words denied."""
        found = {
            term: standing
            for term, words in said_otherwise.items()
            if (standing := {w: s for w, s in words.items() if self._morphemes.frequency(w)})
        }
        denied: list[tuple[int, str]] = []
        for denial in denials(query, self._analyzer.tokens(query)) if may_deny(query) else ():
            words = [word for word in self._negatives(denial.term) if word not in terms]
            denied += [(denial.end, word) for word in words[:1]]
            if words:
                found[denial.term] = {**found.get(denial.term, {}), **dict.fromkeys(words, SAME)}
        return found, tuple(denied)

    def _negatives(self, term: str) -> list[str]:
        """Return the words of the corpus that deny a word: 미활용 and 미사용 for 쓰다."""
        words = (
            *negative_words(self._colloquial.nouns_for(term)),
            *self._colloquial.denied.get(term, ()),
        )
        return [word for word in dict.fromkeys(words) if self._morphemes.frequency(word)]

    def _is_known_denied(self, term: str) -> bool:
        """Tell whether the corpus holds a word that ``term``, which it does not hold, denies."""
        noun, frequency = denied_noun(term), self._morphemes.frequency
        return bool(noun and not frequency(term) and frequency(noun))

    def _other_names(self, query: str) -> Iterable[tuple[str, str]]:
        for match in self.aliases.find(query):
            for other in match.others[:_MOST_NAMES]:
                yield match.name, other

    def _other_writings(self, terms: Sequence[str]) -> Iterable[tuple[str, str]]:
        """Yield words that the corpus does not know, each with its writing there."""
        for term in terms:
            if self._morphemes.frequency(term) or not _PLAIN_WORD.fullmatch(term):
                continue
            is_latin = _LATIN.match(term)
            if not is_latin and not self._analyzer.is_name(term):
                continue  # the dictionary knows it as a common noun
            for found in self._writings.other_writings(term)[:1]:
                if not is_latin or found.likeness >= SURE_OF_SOUND:
                    yield term, found.word

    def _stands(self, terms: Sequence[str]) -> bool:
        """Tell whether every single word of a name stands in the corpus."""
        joined = {a + b for a in terms for b in terms}
        words = [term for term in terms if term not in joined]
        return bool(words) and all(self._morphemes.frequency(word) for word in words)


def capped(
    own: Sequence[str], others: Sequence[str], index: LexicalIndex, weight: float
) -> dict[str, float]:
    """Weigh the terms of another name so that together they count at most ``weight`` of the own.

    A long name has many terms; unbounded, 차세대 염기서열 분석 would outweigh the NGS it stands for
    and the rest of the question with it.

    Args:
        own: terms of the name in the question.
        others: terms of the other name.
        index: tells which terms are known, and how rare they are.
        weight: of a term, where the names weigh alike.
    """
    known = [term for term in dict.fromkeys(others) if index.frequency(term)]
    asked = sum(index.idf(term) for term in dict.fromkeys(own))
    added = sum(index.idf(term) for term in known)
    return dict.fromkeys(known, weight * min(1.0, asked / added)) if added else {}


def _add(weights: dict[str, float], more: Mapping[str, float]) -> None:
    for term, weight in more.items():
        weights[term] = max(weight, weights.get(term, 0.0))
