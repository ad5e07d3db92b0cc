"""Citations made of sentences, and the check that they say what they claim to say."""

from __future__ import annotations

from api.answer.records import Citation
from api.answer.selection import Candidate
from ingest.records import Document, Passage, Sentence
from retriever.hit import Hit

_SCORE_DIGITS = 4


def cite(candidate: Candidate, marker: int) -> Citation:
    """Return the citation of a chosen sentence, its quote exact."""
    return cite_sentence(candidate.hit, candidate.sentence, marker, candidate.score)


def cite_sentence(hit: Hit, sentence: Sentence, marker: int, score: float) -> Citation:
    """Return the citation of a sentence of a hit.

    Args:
        hit: the passage.
        sentence: of the passage.
        marker: its number in the answer.
        score: how well it answers; what lies outside 0..1 is cut to that.
    """
    return cite_passage(hit.passage, hit.document.title, sentence, marker, score)


def cite_passage(
    passage: Passage, title: str, sentence: Sentence, marker: int, score: float
) -> Citation:
    """Return the citation of a sentence of a passage of the document with that title."""
    start, end = sentence.start - passage.start, sentence.end - passage.start
    return Citation(
        marker=marker,
        passage_id=passage.id,
        document_id=passage.document_id,
        title=title,
        heading_path=sentence.path,
        quote=passage.text[start:end],
        passage=passage.text,
        start=start,
        end=end,
        document_start=sentence.start,
        document_end=sentence.end,
        score=round(min(max(score, 0.0), 1.0), _SCORE_DIGITS),
    )


def is_exact(citation: Citation, document: Document) -> bool:
    """Tell whether the quote stands at its offsets in both the passage and the document."""
    in_passage = citation.passage[citation.start : citation.end]
    in_document = document.text[citation.document_start : citation.document_end]
    return citation.quote == in_passage == in_document and bool(citation.quote.strip())
