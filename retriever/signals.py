"""Every signal of how well passages answer one query, and the order that they give together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from retriever.answer_form import Forms, asked_forms
from retriever.dense import DenseIndex, PassageSimilarities
from retriever.fusion import FIRST_WEIGHTS, Scores, normalised, reciprocal_rank, weighted
from retriever.hit import SentenceMatch
from retriever.late_interaction import LateMatch, TokenIndex
from retriever.lexical import LexicalIndex
from retriever.query import Query
from retriever.search_options import Fusion, SearchOptions
from retriever.term_table import TermTable
from retriever.word_nearness import nearness_to_words

# Each cheap list adds this many passages to those that are looked at.
CANDIDATES = 100
# A passage has several vectors, so more rows than passages are looked at.
_ROWS_PER_CANDIDATE = 4
# As many as these, the best by the cheap signals together, are scored by all signals. With 40 a
# search takes 7 ms less, but hit@1 of 80 `tune` questions over reports falls from .812 to .800
# (1,248 over an encyclopaedia do not tell the two apart: .809 and .812).
RESCORED = 60
# And the best of each cheap list by itself.
_RESCORED_OF_EACH = 10


@dataclass(frozen=True, slots=True)
class Scored:
    """Passages with all their signals; every array is in the order of ``ordinals``.

    Attributes:
        ordinals: (n,) the passages.
        signals: raw scores by name.
        fused: (n,) the signals put together, 0..1 with the default weights.
        similarities: cosines with each passage and its sentences.
        late: how each passage and its sentences meet the query word by word.
    """

    ordinals: NDArray[np.int64]
    signals: Mapping[str, Scores]
    fused: Scores
    similarities: Sequence[PassageSimilarities]
    late: Sequence[LateMatch]


@dataclass(frozen=True, slots=True)
class SignalIndexes:
    """All that signals are computed from.

    Attributes:
        morphemes, grams: BM25 over morphemes and over character bigrams.
        dense: the vectors.
        tokens: the token vectors of all sentences.
        sentence_terms: the terms of each sentence of all passages, in order.
        context_terms: the terms that stand above each sentence.
        sentence_forms: (sentences,) which forms of answer each one holds.
    """

    morphemes: LexicalIndex
    grams: LexicalIndex
    dense: DenseIndex
    tokens: TokenIndex
    sentence_terms: TermTable
    context_terms: TermTable
    sentence_forms: Forms

    def score(
        self, query: Query, options: SearchOptions, allowed: NDArray[np.bool_] | None, wanted: int
    ) -> Scored | None:
        """Score the passages that may be among the best ``wanted``; None where there are none.

        Args:
            query: the query.
            options: the weights and the fusion.
            allowed: (passages,) where given, only these passages are looked at.
            wanted: how many passages the caller will show.
        """
        lexical = {
            "morpheme": self.morphemes.scores(query.weighted_terms),
            "bigram": self.grams.scores(query.weighted_grams),
        }
        candidates = self._candidates(query, lexical, allowed)
        if not candidates.size:
            return None
        similarities = self.dense.similarities(query.embedding.vector, candidates)
        cheap = {name: scores[candidates] for name, scores in lexical.items()}
        cheap["dense"] = np.array([s.score for s in similarities], dtype=np.float32)
        scaled = {name: normalised(name, scores) for name, scores in cheap.items()}
        chosen = _most_promising(scaled, max(RESCORED, wanted))
        ordinals = candidates[chosen]
        kept = [similarities[place] for place in chosen]
        places = [self._sentences_of(o, s) for o, s in zip(ordinals, kept, strict=True)]
        late = self.tokens.matches(query.embedding.tokens, places)
        signals = {name: scores[chosen] for name, scores in cheap.items()}
        signals["late"] = np.array([match.score for match in late], dtype=np.float32)
        signals["answer_form"] = self._best_of_form(asked_forms(query.text), places, late)
        signals["coverage"] = self._coverage(query)[ordinals]
        ready = {name: scores[chosen] for name, scores in scaled.items()}
        ready |= {n: normalised(n, s) for n, s in signals.items() if n not in ready}
        return Scored(ordinals, signals, _fused(ready, options), kept, late)

    def _candidates(
        self, query: Query, lexical: Mapping[str, Scores], allowed: NDArray[np.bool_] | None
    ) -> NDArray[np.int64]:
        rows = CANDIDATES * _ROWS_PER_CANDIDATE
        found = [self.dense.nearest(query.embedding.vector, rows, allowed)[:CANDIDATES]]
        for scores in lexical.values():
            eligible = scores if allowed is None else np.where(allowed, scores, 0)
            count = min(CANDIDATES, scores.size)
            top = np.argpartition(-eligible, count - 1)[:count]
            found.append(top[eligible[top] > 0])
        return np.unique(np.concatenate(found))

    def sentence_matches(
        self, query: Query, scored: Scored, place: int
    ) -> tuple[SentenceMatch, ...]:
        """Return how each sentence of one scored passage meets the query."""
        similar, late = scored.similarities[place], scored.late[place]
        first, _ = self._sentences_of(scored.ordinals[place], similar)
        nearness = nearness_to_words(late.tokens, query.word_tokens)
        vocabulary = self.morphemes.vocabulary
        wanted = {vocabulary[term]: term for term in query.terms if term in vocabulary}
        standing: dict[int, list[tuple[str, float]]] = {}
        for term, words in query.expansion.stand_ins.items():
            for word, share in words.items():
                standing.setdefault(vocabulary[word], []).append((term, share))
        return tuple(
            SentenceMatch(
                similarity=float(similarity),
                late=float(near),
                terms=self.sentence_terms.among(first + i, wanted),
                context_terms=self.context_terms.among(first + i, wanted),
                nearness=near_words,
                stand_ins=self.sentence_terms.standing(first + i, standing),
            )
            for i, (similarity, near, near_words) in enumerate(
                zip(similar.sentences, late.sentences, nearness, strict=True)
            )
        )

    def _sentences_of(self, ordinal: np.int64, similar: PassageSimilarities) -> tuple[int, int]:
        first = self.dense.first_sentence(int(ordinal))
        return first, first + len(similar.sentences)

    def _best_of_form(
        self, asked: int, places: Sequence[tuple[int, int]], late: Sequence[LateMatch]
    ) -> Scores:
        """Return each passage's best late match among the sentences that hold the form asked for.

        A passage without such a sentence gets the worst match of all.
        """
        worst = min((float(match.sentences.min(initial=1.0)) for match in late), default=0.0)
        best = np.full(len(late), worst, dtype=np.float32)
        for at, ((first, end), match) in enumerate(zip(places, late, strict=True)):
            holding = match.sentences
            if asked:
                holding = holding[(self.sentence_forms[first:end] & np.uint32(asked)) != 0]
            best[at] = holding.max(initial=worst)
        return best

    def _coverage(self, query: Query) -> Scores:
        """Return the share of the question's idf mass that each passage holds, 0..1."""
        asked = sum(query.words.values())
        shares = {word: idf / asked for word, idf in query.words.items() if idf}
        return self.morphemes.mass(shares, query.expansion.stand_ins)


def _most_promising(scaled: Mapping[str, Scores], count: int) -> NDArray[np.int64]:
    """Return the places of the best by the cheap signals together, and of each one's best."""
    together = weighted(scaled, FIRST_WEIGHTS)
    chosen = [np.argsort(-together, kind="stable")[:count]]
    chosen += [np.argsort(-s, kind="stable")[:_RESCORED_OF_EACH] for s in scaled.values()]
    return np.unique(np.concatenate(chosen))


def _fused(ready: Mapping[str, Scores], options: SearchOptions) -> Scores:
    named = {name: scores for name, scores in ready.items() if options.weights.get(name)}
    if not named:
        raise ValueError("no known signal has a weight")
    if options.fusion is Fusion.RANK:
        return reciprocal_rank(named)
    return weighted(named, options.weights)
