"""A corpus from which some passages are gone."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from eval.evidence_passages import EvidencePassages
from eval.gold_set import GoldQuestion
from eval.matching import hits_every_group, squeeze
from ingest.records import Passage
from retriever.hit import SearchResult
from retriever.search import Retriever
from retriever.search_options import DEFAULT_OPTIONS, SearchOptions


class WithoutPassages(Retriever):
    """Finds everything but some passages.

    Words are weighed as before: these are few of the corpus, and a question about what was taken
    out is harder to refuse where its words are still known.

    Args:
        whole: searches all passages.
        left_out: ids of those that are never found.
    """

    def __init__(self, whole: Retriever, left_out: Collection[str]) -> None:
        vars(self).update(vars(whole))
        self._left_out = frozenset(left_out)

    def search(
        self,
        query: str,
        *,
        top_k: int = 8,
        document_ids: Sequence[str] = (),
        options: SearchOptions = DEFAULT_OPTIONS,
    ) -> SearchResult:
        """Return the best of the passages that are left, as ``Retriever.search`` does."""
        from dataclasses import replace

        enough = top_k + len(self._left_out)
        found = super().search(query, top_k=enough, document_ids=document_ids, options=options)
        kept = (hit for hit in found.hits if hit.passage.id not in self._left_out)
        return replace(found, hits=tuple(kept)[:top_k])


def answering(gold: GoldQuestion, passages: Sequence[Passage]) -> frozenset[str]:
    """Return the ids of the passages that answer a question, or may.

    These are those that hold a quote of its evidence or a sentence of one, headings included, and
    those that hold all that its answer must.
    """
    headed = {passage.id: "\n".join(_texts(passage)) for passage in passages}
    evidence = EvidencePassages(headed)
    found = {name for one in gold.evidence for name in evidence.holding(one.quote)}
    quotes = [squeeze(one.quote) for one in gold.evidence]
    for passage in passages:
        said = (squeeze(sentence.text) for sentence in passage.sentences)
        repeats = any(text and text in quote for text in said for quote in quotes)
        if repeats or hits_every_group(headed[passage.id], gold.must_include):
            found.add(passage.id)
    return frozenset(found)


def _texts(passage: Passage) -> Iterator[str]:
    yield from passage.heading_path
    yield passage.text
    for sentence in passage.sentences:
        yield from sentence.path
