"""Each variant as a function from a question to the ids that it finds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from eval.ablation.measure import Search
from eval.ablation.variant import Variant
from eval.reply import SEARCH_DEPTH
from ingest.records import Passage
from retriever.lexical import LexicalIndex
from retriever.passage_store import PassageStore
from retriever.search import Retriever


@dataclass(frozen=True, slots=True)
class Retrievers:
    """Open indexes of one set.

    Attributes:
        whole: the index as it is installed.
        bare: one without titles and headings.
        whole_reranked, bare_reranked: the same with the reranker; without one, the same ones.
    """

    whole: Retriever
    bare: Retriever
    whole_reranked: Retriever
    bare_reranked: Retriever

    def of(self, variant: Variant) -> Retriever:
        """Return the one that a variant searches with."""
        if variant.reranked:
            return self.whole_reranked if variant.headings else self.bare_reranked
        return self.whole if variant.headings else self.bare


class WhitespaceBm25:
    """BM25 over the words between blanks of title and text: what search is without Korean.

    Args:
        passages: what is searched, with the title of each one's document.
    """

    def __init__(self, passages: Sequence[tuple[str, Passage]]) -> None:
        self._passages = [passage for _, passage in passages]
        self._index = LexicalIndex.build(
            [[*_words(title), *_words(passage.text)] for title, passage in passages]
        )

    def search(self, question: str, top_k: int) -> list[Passage]:
        """Return the passages that hold a word of the question, best first."""
        scores = self._index.scores(dict.fromkeys(_words(question), 1.0))
        best = np.argsort(-scores, kind="stable")[:top_k]
        return [self._passages[place] for place in best if scores[place] > 0]


def titled_passages(store: PassageStore) -> list[tuple[str, Passage]]:
    """Return every passage that is searched, with the title of its document."""
    return [(s.title, passage) for s in store.summaries() for passage in store.passages_of(s.id)]


def searches(
    variants: Sequence[Variant], retrievers: Retrievers, *, by_document: bool
) -> Mapping[str, Search]:
    """Return each variant by its name.

    Args:
        variants: what is measured.
        retrievers: over the set.
        by_document: ids are those of documents, each at its best place; else of passages.
    """
    whitespace = WhitespaceBm25(titled_passages(retrievers.whole.store))
    return {v.name: _search(v, retrievers.of(v), whitespace, by_document) for v in variants}


def _search(
    variant: Variant, retriever: Retriever, whitespace: WhitespaceBm25, by_document: bool
) -> Search:
    options = variant.options

    def find(question: str) -> Sequence[str]:
        if options is None:
            found = whitespace.search(question, SEARCH_DEPTH)
        else:
            hits = retriever.search(question, top_k=SEARCH_DEPTH, options=options).hits
            found = [hit.passage for hit in hits]
        ids = (passage.document_id if by_document else passage.id for passage in found)
        return list(dict.fromkeys(ids))

    return find


def _words(text: str) -> list[str]:
    return text.lower().split()
