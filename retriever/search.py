"""One question to ranked passages, over one open index generation."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ingest.errors import NotFoundError
from retriever.analysis import KoreanAnalyzer, bigrams
from retriever.dense import DenseIndex, PassageSimilarities
from retriever.encoder_base import Encoder
from retriever.fusion import WEIGHTS, above_floor, by_maximum, ranks, weighted
from retriever.hit import Hit, SearchResult, SentenceMatch
from retriever.lexical import LexicalIndex
from retriever.passage_store import DocumentSummary, PassageStore
from retriever.term_table import TermTable

# Each list adds this many passages to those that are scored exactly by all.
CANDIDATES = 100
# A name is taken as known when this share of its bigrams is.
_NEARLY_KNOWN = 0.5
# A passage has several vectors, so more rows than passages are looked at.
_ROWS_PER_CANDIDATE = 4


@dataclass(frozen=True, slots=True)
class Query:
    """A question as the retrievers see it.

    Attributes:
        terms: morphemes in reading order, each once.
        grams: character bigrams.
        vector: (dimension,) its embedding.
    """

    terms: tuple[str, ...]
    grams: tuple[str, ...]
    vector: NDArray[np.float32]


class Retriever:
    """Searches one generation; safe to share between threads.

    Args:
        generation: its name.
        store: its passages.
        morphemes, grams: BM25 over morphemes and over character bigrams.
        dense: the vectors.
        sentence_terms: the terms of each sentence of all passages, in order.
        context_terms: the terms that stand above each sentence.
        passage_documents: (passages,) each passage's place in ``store.summaries()``.
        encoder: the embedding model that the index was built with.
        analyzer: the analyser that the index was built with.
    """

    def __init__(
        self,
        *,
        generation: str,
        store: PassageStore,
        morphemes: LexicalIndex,
        grams: LexicalIndex,
        dense: DenseIndex,
        sentence_terms: TermTable,
        context_terms: TermTable,
        passage_documents: NDArray[np.int32],
        encoder: Encoder,
        analyzer: KoreanAnalyzer,
    ) -> None:
        self.generation = generation
        self.store = store
        self.morphemes = morphemes
        self.analyzer = analyzer
        self.encoder = encoder
        self._grams = grams
        self._dense = dense
        self._sentence_terms = sentence_terms
        self._context_terms = context_terms
        self._passage_documents = passage_documents
        self._documents = store.summaries()

    def search(
        self, query: str, *, top_k: int = 8, document_ids: Sequence[str] = ()
    ) -> SearchResult:
        """Return the best passages for ``query``, only of ``document_ids`` where any are given.

        Raises:
            NotFoundError: ``document_not_found`` for an id that is not indexed.
        """
        allowed = self._allowed(document_ids)
        clock = _Stages()
        terms = tuple(dict.fromkeys(self.analyzer.morphemes([query])[0]))
        clock.end("analyse")
        vector = self.encoder.encode_queries([query])[0]
        clock.end("embed")
        parsed = Query(terms, tuple(dict.fromkeys(bigrams(query))), vector)
        hits = self._hits(parsed, top_k, allowed)
        clock.end("retrieve")
        words = [term for term in terms if not _is_phrase(term, terms)]
        return SearchResult(
            hits=hits,
            terms={term: self.morphemes.idf(term) for term in words},
            unknown_terms=tuple(t for t in words if not self.morphemes.frequency(t)),
            unknown_names=tuple(n for n in self.analyzer.names(query) if self._is_unknown(n)),
            vector=vector,
            timings_ms=clock.ms,
            generation=self.generation,
        )

    def _hits(self, query: Query, top_k: int, allowed: NDArray[np.bool_] | None) -> tuple[Hit, ...]:
        lexical = {
            "morpheme": self.morphemes.scores(dict.fromkeys(query.terms, 1.0)),
            "bigram": self._grams.scores(dict.fromkeys(query.grams, 1.0)),
        }
        candidates = self._candidates(query, lexical, allowed)
        if not candidates.size:
            return ()
        similar = self._dense.similarities(query.vector, candidates)
        own = {name: scores[candidates] for name, scores in lexical.items()}
        own["dense"] = np.array([s.score for s in similar], dtype=np.float32)
        normalised = {
            "morpheme": by_maximum(own["morpheme"]),
            "bigram": by_maximum(own["bigram"]),
            "dense": above_floor(own["dense"]),
        }
        fused = weighted(normalised, WEIGHTS)
        best = np.argsort(-fused, kind="stable")[:top_k]
        return self._records(query, candidates[best], fused[best], best, own, similar)

    def _is_unknown(self, name: str) -> bool:
        """Tell whether neither a name nor most of its bigrams stand in the corpus.

        The bigrams let a misspelt name (디지탈, 네트웍) pass for the one that was meant.
        """
        if self.morphemes.frequency(name):
            return False
        grams = bigrams(name)
        return sum(self._grams.frequency(g) > 0 for g in grams) < len(grams) * _NEARLY_KNOWN

    def _candidates(
        self,
        query: Query,
        lexical: Mapping[str, NDArray[np.float32]],
        allowed: NDArray[np.bool_] | None,
    ) -> NDArray[np.int64]:
        rows = CANDIDATES * _ROWS_PER_CANDIDATE
        found = [self._dense.nearest(query.vector, rows, allowed)[:CANDIDATES]]
        for scores in lexical.values():
            eligible = scores if allowed is None else np.where(allowed, scores, 0)
            count = min(CANDIDATES, scores.size)
            top = np.argpartition(-eligible, count - 1)[:count]
            found.append(top[eligible[top] > 0])
        return np.unique(np.concatenate(found))

    def _records(
        self,
        query: Query,
        ordinals: NDArray[np.int64],
        fused: NDArray[np.float32],
        places: NDArray[np.int64],
        own: Mapping[str, NDArray[np.float32]],
        similar: Sequence[PassageSimilarities],
    ) -> tuple[Hit, ...]:
        own_ranks = {name: ranks(scores) for name, scores in own.items()}
        passages = self.store.passages(ordinals)
        vocabulary = self.morphemes.vocabulary
        term_ids = {vocabulary[term]: term for term in query.terms if term in vocabulary}
        return tuple(
            Hit(
                passage=passage,
                document=self._document_of(ordinal),
                score=float(score),
                scores={name: float(scores[place]) for name, scores in own.items()},
                ranks={name: int(found[place]) for name, found in own_ranks.items()},
                matched_terms=tuple(
                    t for t in query.terms if self.morphemes.contains(t, int(ordinal))
                ),
                similarity=similar[place].whole,
                sentences=self._sentence_matches(int(ordinal), similar[place], term_ids),
            )
            for passage, ordinal, score, place in zip(
                passages, ordinals, fused, places, strict=True
            )
        )

    def _sentence_matches(
        self, passage: int, similar: PassageSimilarities, wanted: Mapping[int, str]
    ) -> tuple[SentenceMatch, ...]:
        first = self._dense.first_sentence(passage)
        return tuple(
            SentenceMatch(
                similarity=float(similarity),
                terms=self._sentence_terms.among(first + i, wanted),
                context_terms=self._context_terms.among(first + i, wanted),
            )
            for i, similarity in enumerate(similar.sentences)
        )

    def _document_of(self, ordinal: int) -> DocumentSummary:
        return self._documents[int(self._passage_documents[ordinal])]

    def _allowed(self, document_ids: Sequence[str]) -> NDArray[np.bool_] | None:
        if not document_ids:
            return None
        places = {document.id: i for i, document in enumerate(self._documents)}
        for document_id in document_ids:
            if document_id not in places:
                raise NotFoundError(
                    "document_not_found",
                    f"색인에 없는 문서입니다: {document_id}",
                    "문서 목록(`geungeo docs list`)에서 id를 확인하세요.",
                )
        return np.isin(self._passage_documents, [places[d] for d in document_ids])


def _is_phrase(term: str, terms: Sequence[str]) -> bool:
    """Tell whether a term only joins two others: 국내기업 where 국내 and 기업 are there too."""
    return any(
        term[:cut] in terms and term[cut:] in terms for cut in range(1, len(term)) if len(term) > 1
    )


class _Stages:
    """Milliseconds between one stage's end and the next."""

    def __init__(self) -> None:
        self.ms: dict[str, float] = {}
        self._last = time.perf_counter()

    def end(self, stage: str) -> None:
        now = time.perf_counter()
        self.ms[stage] = (now - self._last) * 1000
        self._last = now
