"""One question to ranked passages, over one open index generation."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from ingest.errors import NotFoundError
from ingest.records import Passage
from retriever.analysis import KoreanAnalyzer, bigrams
from retriever.encoder_base import Encoder
from retriever.expansion import QueryExpander
from retriever.folding import whole_characters
from retriever.fusion import Scores, ranks
from retriever.hit import Hit, SearchResult
from retriever.passage_store import DocumentSummary, PassageStore
from retriever.query import Query, QueryParser
from retriever.rerank import RERANKED, Reranker, reranked
from retriever.search_options import DEFAULT_OPTIONS, SearchOptions
from retriever.signals import Scored, SignalIndexes
from retriever.stages import Stages
from retriever.word_roles import word_roles

# A name is taken as known when this share of its bigrams is.
_NEARLY_KNOWN = 0.5
# So many more passages are read than asked for, in case some repeat others word for word.
_SPARE = 4


class Retriever:
    """Searches one generation; safe to share between threads.

    Args:
        generation: its name.
        store: its passages.
        indexes: its score lists.
        passage_documents: (passages,) each passage's place in ``store.summaries()``.
        encoder: the embedding model that the index was built with.
        analyzer: the analyser that the index was built with.
        expander: finds other names and report wording for a question.
        reranker: where given, scores the best passages anew.

    Attributes:
        documents: those that are searched.
    """

    def __init__(
        self,
        *,
        generation: str,
        store: PassageStore,
        indexes: SignalIndexes,
        passage_documents: NDArray[np.int32],
        encoder: Encoder,
        analyzer: KoreanAnalyzer,
        expander: QueryExpander,
        reranker: Reranker | None = None,
    ) -> None:
        self.generation = generation
        self.store = store
        self.indexes = indexes
        self.morphemes = indexes.morphemes
        self.analyzer = analyzer
        self.encoder = encoder
        self.reranker = reranker
        self.aliases = expander.aliases
        self._parser = QueryParser(indexes.morphemes, analyzer, encoder, expander)
        self._passage_documents = passage_documents
        self._documents = store.summaries()
        self.documents = tuple(d for d in self._documents if d.replaced_by is None)

    def warm(self) -> None:
        """Prepare now what the first unusual question would wait for."""
        self._parser.warm()

    def search(
        self,
        query: str,
        *,
        top_k: int = 8,
        document_ids: Sequence[str] = (),
        options: SearchOptions = DEFAULT_OPTIONS,
    ) -> SearchResult:
        """Return the best passages for ``query``, only of ``document_ids`` where any are given.

        Raises:
            NotFoundError: ``document_not_found`` for an id that is not indexed.
        """
        allowed = self._allowed(document_ids)
        clock = Stages()
        parsed = self._parser.parse(query, options, clock)
        scored = self.indexes.score(parsed, options, allowed, top_k + _SPARE)
        clock.end("retrieve")
        hits = self._hits(parsed, scored, top_k) if scored else ()
        clock.end("rerank" if self.reranker else "read")
        known, standing = parsed.expansion.known, parsed.expansion.stand_ins
        unknown = tuple(t for t in parsed.words if not (t in known or self.morphemes.frequency(t)))
        return SearchResult(
            query=parsed.text,
            changes=parsed.changes,
            other_names=parsed.expansion.names,
            hits=hits,
            terms=parsed.words,
            unknown_terms=unknown,
            unknown_names=tuple(
                n
                for n in self.analyzer.names(parsed.text)
                if not (n in known or self._is_nearly_known(n))
            ),
            timings_ms=clock.ms,
            generation=self.generation,
            roles=word_roles(self.analyzer.tokens(whole_characters(parsed.text))),
            explained_terms=tuple(
                t for t in parsed.words if t in known and not self.morphemes.frequency(t)
            ),
            reworded_terms=tuple(t for t in unknown if t in standing),
            absent_terms=tuple(
                t for t in unknown if t in parsed.expansion.worded.difference(standing)
            ),
        )

    def _hits(self, query: Query, scored: Scored, top_k: int) -> tuple[Hit, ...]:
        scores = self._reranked(query, scored, self.reranker) if self.reranker else scored.fused
        order = np.argsort(-scores, kind="stable")
        signal_ranks = {name: ranks(own) for name, own in scored.signals.items()}
        hits: dict[tuple[tuple[str, ...], str], Hit] = {}
        for place, passage in self._read(scored.ordinals, order, top_k + _SPARE):
            if len(hits) == top_k:
                break
            key = (passage.heading_path, passage.text)
            if key in hits:
                continue
            ordinal = int(scored.ordinals[place])
            hits[key] = Hit(
                passage=passage,
                document=self._document_of(ordinal),
                score=float(scores[place]),
                scores={name: float(own[place]) for name, own in scored.signals.items()},
                ranks={name: int(found[place]) for name, found in signal_ranks.items()},
                matched_terms=self._matched(query, ordinal),
                similarity=scored.similarities[place].whole,
                sentences=self.indexes.sentence_matches(query, scored, place),
            )
        return tuple(hits.values())

    def _read(
        self, ordinals: NDArray[np.int64], order: NDArray[np.int64], at_once: int
    ) -> Iterator[tuple[int, Passage]]:
        """Yield places and passages in order, read from the store as they are asked for."""
        for at in range(0, len(order), at_once):
            places = order[at : at + at_once]
            passages = self.store.passages(ordinals[places])
            yield from zip(places.tolist(), passages, strict=True)

    def _matched(self, query: Query, ordinal: int) -> tuple[str, ...]:
        standing = (word for words in query.expansion.stand_ins.values() for word in words)
        terms = dict.fromkeys((*query.terms, *query.expansion.terms, *standing))
        return tuple(term for term in terms if self.morphemes.contains(term, ordinal))

    def _reranked(self, query: Query, scored: Scored, reranker: Reranker) -> Scores:
        order = np.argsort(-scored.fused, kind="stable")
        best = scored.ordinals[order[:RERANKED]]
        passages = self.store.passages(best)
        texts = [self._text_to_read(o, p) for o, p in zip(best, passages, strict=True)]
        relevance = reranker.scores(query.text, texts)
        scores = np.empty_like(scored.fused)
        scores[order] = reranked(scored.fused[order], relevance)
        return scores

    def _text_to_read(self, ordinal: np.int64, passage: Passage) -> str:
        title = self._document_of(int(ordinal)).title
        return "\n".join((" > ".join((title, *passage.heading_path)), passage.text))

    def _is_nearly_known(self, name: str) -> bool:
        """Tell whether a name or most of its bigrams stand in the corpus.

        The bigrams let a misspelt name (디지탈, 네트웍) pass for the one that was meant.
        """
        if self.morphemes.frequency(name):
            return True
        grams = bigrams(name)
        known = sum(self.indexes.grams.frequency(g) > 0 for g in grams)
        return known >= len(grams) * _NEARLY_KNOWN

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
