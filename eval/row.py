"""One question of a run: what was answered and found, and how good it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from eval.evidence_passages import EvidencePassages, first_rank
from eval.gold_set import GoldQuestion
from eval.matching import is_evidence
from eval.metrics.answer_correctness import answer_correctness, holds
from eval.metrics.answer_length import answer_length
from eval.metrics.citation import CitationScores, citation_scores, statements_of
from eval.metrics.token_f1 import Morphemes, character_f1, morpheme_f1
from eval.reply import Reply
from eval.support import LexicalSupport


@dataclass(frozen=True, slots=True)
class Row:
    """How one question went; ``rows.jsonl`` holds one a line under these names.

    Attributes:
        right: held all it must and nothing it must not, or was refused where it should be.
        cited: a citation of the answer stands on one of the evidence quotes; ``cited_all``: on
            each of them.
        sentence_hit: a sentence of the answer cites the evidence.
        exact: every quote stands at its offsets in its passage.
        answer_chars: without ``[n]`` markers.
        citation_recall, citation_precision: ALCE's; None for a refusal.
        char_f1, morpheme_f1: against the model answer; None where there is none to compare with.
        passage_rank: 1-based rank of the first hit that holds an evidence quote, or None.
        evidence_ranks: the same for each evidence quote.
        relevant: for each evidence quote, the ids of all passages that hold it.
        top_score: fused score of the best hit; None without hits.
        top_similarity, coverage, unknown_terms, hits, timings_ms: as in ``Reply``.
        citations: ``quote``, ``passage_id`` and ``title`` of each.
        hits: ``passage_id``, ``score``, ``rank`` and ``text`` of each.
        follow_up: whether it was asked in a conversation.
    """

    id: str
    type: str
    split: str
    question: str
    answerable: bool
    paraphrased: bool
    refused: bool
    refusal_reason: str | None
    rewritten_question: str
    answer: str
    answer_chars: int
    right: bool
    cited: bool
    cited_all: bool
    sentence_hit: bool
    exact: bool
    confidence: float
    citation_recall: float | None
    citation_precision: float | None
    char_f1: float | None
    morpheme_f1: float | None
    passage_rank: int | None
    evidence_ranks: Sequence[int | None]
    relevant: Sequence[Sequence[str]]
    top_score: float | None
    top_similarity: float | None
    coverage: float | None
    unknown_terms: Sequence[str]
    citations: Sequence[Mapping[str, str]]
    hits: Sequence[Mapping[str, Any]]
    timings_ms: Mapping[str, float]
    follow_up: bool = False


class Scorer:
    """Judges replies.

    Args:
        passages: text of every passage that is searched, by id.
        morphemes: gives content terms (``KoreanAnalyzer.morphemes``).
    """

    def __init__(self, passages: Mapping[str, str], morphemes: Morphemes) -> None:
        self._passages = passages
        self._evidence = EvidencePassages(passages)
        self._morphemes = morphemes
        self._supports = LexicalSupport(morphemes)

    def row(self, gold: GoldQuestion, reply: Reply) -> Row:
        """Return how one question went."""
        relevant = [self._evidence.holding(evidence.quote) for evidence in gold.evidence]
        ranked = [hit.passage_id for hit in reply.hits]
        ranks = [first_rank(ranked, passages) for passages in relevant]
        on_evidence = evidence_cited(gold, reply)
        chars, terms = self._f1(gold, reply)
        support = self._citation_scores(reply)
        return Row(
            id=gold.id,
            type=gold.type,
            split=gold.split,
            question=gold.question,
            answerable=gold.answerable,
            paraphrased=gold.paraphrased,
            refused=not reply.answerable,
            refusal_reason=reply.refusal_reason,
            rewritten_question=reply.rewritten_question,
            answer=reply.text,
            answer_chars=answer_length(reply.text).characters,
            right=is_right(gold, reply),
            cited=any(on_evidence),
            cited_all=bool(on_evidence) and all(on_evidence),
            sentence_hit=sentence_hit(gold, reply),
            exact=all(c.passage[c.start : c.end] == c.quote for c in reply.citations),
            confidence=reply.confidence,
            citation_recall=support.recall if support else None,
            citation_precision=support.precision if support else None,
            char_f1=chars,
            morpheme_f1=terms,
            passage_rank=min((rank for rank in ranks if rank), default=None),
            evidence_ranks=ranks,
            relevant=relevant,
            top_score=reply.hits[0].score if reply.hits else None,
            top_similarity=reply.top_similarity,
            coverage=reply.coverage,
            unknown_terms=reply.unknown_terms,
            citations=_citations(reply),
            hits=self._hits(reply),
            timings_ms=dict(reply.timings_ms),
            follow_up=bool(gold.history),
        )

    def _hits(self, reply: Reply) -> list[dict[str, Any]]:
        return [
            {
                "passage_id": hit.passage_id,
                "score": hit.score,
                "rank": rank,
                "text": self._passages.get(hit.passage_id),
            }
            for rank, hit in enumerate(reply.hits, start=1)
        ]

    def _f1(self, gold: GoldQuestion, reply: Reply) -> tuple[float | None, float | None]:
        if not (gold.answerable and gold.answer):
            return None, None
        if not reply.answerable:
            return 0.0, 0.0
        said = " ".join(s.text for s in statements_of(reply.text, {}))
        return (
            character_f1(said, [gold.answer]),
            morpheme_f1(said, [gold.answer], self._morphemes),
        )

    def _citation_scores(self, reply: Reply) -> CitationScores | None:
        """Return citation recall and precision of an answer; a refusal claims nothing."""
        passages = {
            c.marker: "\n".join((c.title, *c.heading_path, c.passage)) for c in reply.citations
        }
        statements = statements_of(reply.text, passages) if reply.answerable else ()
        return citation_scores(statements, self._supports) if statements else None


def _citations(reply: Reply) -> list[dict[str, str]]:
    return [
        {"quote": c.quote, "passage_id": c.passage_id, "title": c.title} for c in reply.citations
    ]


def is_right(gold: GoldQuestion, reply: Reply) -> bool:
    """Tell whether a question was answered, or refused, as it should be."""
    if not gold.answerable:
        clean = not any(holds(reply.text, unwanted) for unwanted in gold.must_not_include)
        return clean and not reply.answerable
    judged = answer_correctness(reply.text, gold.must_include, gold.must_not_include)
    return reply.answerable and judged.right


def evidence_cited(gold: GoldQuestion, reply: Reply) -> list[bool]:
    """Tell of each evidence quote whether a citation of the answer stands on it.

    What a refusal shows is nearby, not cited.
    """
    quotes = [c.quote for c in reply.citations] if reply.answerable else []
    return [any(is_evidence(quote, e.quote) for quote in quotes) for e in gold.evidence]


def sentence_hit(gold: GoldQuestion, reply: Reply) -> bool:
    """Tell whether a sentence of the answer cites an evidence quote by its markers."""
    used = {marker for markers in reply.sentence_markers for marker in markers}
    quotes = [c.quote for c in reply.citations if c.marker in used] if reply.answerable else []
    return any(is_evidence(quote, e.quote) for quote in quotes for e in gold.evidence)
