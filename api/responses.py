"""Records of the layers below to what the API gives."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict

from api.answer.records import Answer, Citation
from api.library import DocumentView
from api.schemas import (
    AskResponse,
    CitationOut,
    CorrectionOut,
    DocumentListResponse,
    DocumentOut,
    DocumentResponse,
    HeadingOut,
    HitOut,
    PassageOut,
    SearchResponse,
    SentenceOut,
    UsageOut,
)
from ingest.records import BlockKind
from retriever.hit import Hit, SearchResult
from retriever.passage_store import DocumentSummary

_SCORE_DIGITS = 6
_MS_DIGITS = 2


def ask_response(answer: Answer, request_id: str = "") -> AskResponse:
    """Return an answer as the API gives it."""
    return AskResponse(
        answer=answer.text,
        answerable=answer.answerable,
        refusal_reason=answer.refusal_reason,
        citations=[citation_out(citation) for citation in answer.citations],
        sentences=[
            SentenceOut(
                text=s.text, markers=list(s.markers), supported=s.supported, added=list(s.added)
            )
            for s in answer.sentences
        ],
        confidence=round(answer.confidence, _SCORE_DIGITS),
        rewritten_question=answer.rewritten_question,
        model=answer.model,
        timings_ms=_rounded(answer.timings_ms, _MS_DIGITS),
        kind=answer.kind,
        dropped_sentences=answer.dropped_sentences,
        fallback_reason=answer.fallback_reason,
        usage=UsageOut(**asdict(answer.usage)) if answer.usage else None,
        suggestions=list(answer.suggestions),
        request_id=request_id,
    )


def citation_out(citation: Citation) -> CitationOut:
    """Return a citation as the API gives it."""
    fields = asdict(citation)
    score = round(float(fields.pop("score")), _SCORE_DIGITS)
    return CitationOut(**fields, score=score)


def search_response(result: SearchResult, request_id: str = "") -> SearchResponse:
    """Return search results as the API gives them."""
    return SearchResponse(
        hits=[_hit(hit) for hit in result.hits],
        searched_query=result.query,
        corrections=[CorrectionOut(**asdict(change)) for change in result.changes],
        other_names=list(result.other_names),
        unknown_terms=list(result.unknown_terms),
        request_id=request_id,
    )


def document_list(
    summaries: Iterable[DocumentSummary], request_id: str = ""
) -> DocumentListResponse:
    """Return the list of documents as the API gives it."""
    documents = [DocumentOut(**asdict(summary)) for summary in summaries]
    return DocumentListResponse(documents=documents, request_id=request_id)


def document_detail(view: DocumentView, request_id: str = "") -> DocumentResponse:
    """Return one document as the API gives it."""
    outline = [
        HeadingOut(level=b.level, marker=b.marker, text=b.text, start=b.start, end=b.end)
        for b in view.document.blocks
        if b.kind is BlockKind.HEADING
    ]
    passages = [
        PassageOut(
            id=p.id,
            position=p.position,
            heading_path=list(p.heading_path),
            text=p.text,
            start=p.start,
            end=p.end,
        )
        for p in view.passages
    ]
    return DocumentResponse(
        document=DocumentOut(**asdict(view.summary)),
        characters=len(view.document.text),
        outline=outline,
        passages=passages,
        request_id=request_id,
    )


def _hit(hit: Hit) -> HitOut:
    return HitOut(
        passage_id=hit.passage.id,
        document_id=hit.passage.document_id,
        source=hit.document.source,
        title=hit.document.title,
        heading_path=list(hit.passage.heading_path),
        text=hit.passage.text,
        score=round(hit.score, _SCORE_DIGITS),
        scores=_rounded(hit.scores, _SCORE_DIGITS),
        matched_terms=list(hit.matched_terms),
    )


def _rounded(values: Mapping[str, float], digits: int) -> dict[str, float]:
    return {name: round(float(value), digits) for name, value in values.items()}
