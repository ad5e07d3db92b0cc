"""A question as the retrievers see it."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from retriever.analysis import KoreanAnalyzer, bigrams
from retriever.encoder_base import Encoder, TokenEmbedding
from retriever.expansion import Expansion, QueryExpander
from retriever.lexical import LexicalIndex
from retriever.query_repair import Change, Repaired, repair
from retriever.search_options import SearchOptions
from retriever.stages import Stages
from retriever.word_list import WordList
from retriever.word_nearness import tokens_of_words


@dataclass(frozen=True, slots=True)
class Query:
    """A question, mended, analysed, expanded and embedded.

    Attributes:
        text: what is searched for: as typed, slips mended and English put in Korean.
        changes: what was mended.
        terms: morphemes in reading order, each once; a name that the corpus only writes in
            another way (엔비디아) is there as the corpus writes it (nvidia).
        words: idf of the terms, without those that only join two others.
        grams: character bigrams, each once.
        expansion: further terms of less weight.
        embedding: vector and token vectors.
        word_tokens: which of the token vectors are each word's.
    """

    text: str
    changes: tuple[Change, ...]
    terms: tuple[str, ...]
    words: Mapping[str, float]
    grams: tuple[str, ...]
    expansion: Expansion
    embedding: TokenEmbedding
    word_tokens: Mapping[str, tuple[int, ...]] = field(default_factory=dict)

    @property
    def weighted_terms(self) -> dict[str, float]:
        """Every term to look for and what it counts."""
        return {**self.expansion.terms, **dict.fromkeys(self.terms, 1.0)}

    @property
    def weighted_grams(self) -> dict[str, float]:
        """Every bigram to look for and what it counts."""
        return {**self.expansion.grams, **dict.fromkeys(self.grams, 1.0)}


class QueryParser:
    """Makes queries to one index; safe to share between threads.

    Args:
        morphemes: BM25 over morphemes, which knows the words of the corpus.
        analyzer, encoder: those that the index was built with.
        expander: finds other names.
    """

    def __init__(
        self,
        morphemes: LexicalIndex,
        analyzer: KoreanAnalyzer,
        encoder: Encoder,
        expander: QueryExpander,
    ) -> None:
        self._morphemes = morphemes
        self._analyzer = analyzer
        self._encoder = encoder
        self._expander = expander
        self._words = WordList(morphemes.vocabulary, morphemes.frequency)

    def warm(self) -> None:
        """Prepare now what the first unknown word would wait for."""
        self._words.warm()
        self._expander.warm()

    def parse(self, text: str, options: SearchOptions, clock: Stages) -> Query:
        """Return the query for a question as typed."""
        mended = repair(text, self._words, self._analyzer) if options.repair else Repaired(text, ())
        clock.end("repair")
        said = self._expander.in_korean(mended.text) if options.expand else mended.text
        held = self._morphemes.vocabulary
        typed = tuple(dict.fromkeys(self._analyzer.morphemes([said], held)[0]))
        expansion = self._expander.expand(said, typed) if options.expand else Expansion()
        terms = self._as_written(typed, expansion.writings)
        clock.end("analyse")
        written = with_writings(with_denials(said, expansion.denials), expansion.writings)
        embedding = self._encoder.embed_query(written)
        clock.end("embed")
        known = frozenset(terms)
        words = {t: self._morphemes.idf(t) for t in terms if not is_phrase(t, known)}
        return Query(
            text=said,
            changes=mended.changes,
            terms=terms,
            words=words,
            grams=tuple(dict.fromkeys(bigrams(said))),
            expansion=expansion,
            embedding=embedding,
            word_tokens=tokens_of_words(written, embedding.spans, words),
        )

    def _as_written(self, terms: Sequence[str], writings: Mapping[str, str]) -> tuple[str, ...]:
        """Put in place of names the terms that the corpus has for them."""
        found = dict(zip(writings, self._analyzer.morphemes(list(writings.values())), strict=True))
        return tuple(dict.fromkeys(t for term in terms for t in found.get(term, [term])))


def with_writings(text: str, writings: Mapping[str, str]) -> str:
    """Return ``text`` with names also in the script of the corpus: 엔비디아(nvidia)."""
    for term, word in writings.items():
        edges = (r"(?<![0-9A-Za-z])", r"(?![0-9A-Za-z])") if term.isascii() else ("", "")
        found = re.search(f"{edges[0]}{re.escape(term)}{edges[1]}", text, re.IGNORECASE)
        if found:
            text = f"{text[: found.end()]}({word}){text[found.end() :]}"
    return text


def with_denials(text: str, denials: Sequence[tuple[int, str]]) -> str:
    """Return ``text`` with what the corpus calls the words that it denies: 안 쓰는(미활용)."""
    for end, word in sorted(denials, reverse=True):
        text = f"{text[:end]}({word}){text[end:]}"
    return text


def is_phrase(term: str, terms: Collection[str]) -> bool:
    """Tell whether a term only joins two others: 국내기업 where 국내 and 기업 are there too."""
    return any(term[:cut] in terms and term[cut:] in terms for cut in range(1, len(term)))
