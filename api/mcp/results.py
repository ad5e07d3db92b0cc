"""What the tools give: short enough for a model's context, exact enough to be cited."""

from __future__ import annotations

from collections.abc import Sequence

from pydantic import BaseModel, Field

from api.answer.records import Answer
from ingest.records import Passage
from retriever.hit import SearchResult


class CitedSentence(BaseModel):
    """답의 근거가 되는 문장입니다."""

    marker: int = Field(description="답의 [n]에 들어가는 번호입니다.")
    quote: str = Field(description="문서에서 그대로 옮긴 문장입니다.")
    title: str = Field(description="문서 제목입니다.")
    heading_path: list[str] = Field(description="문장 위의 제목들입니다.")
    passage_id: str = Field(description="read_passage로 앞뒤를 읽을 단락입니다.")
    related: bool = Field(description="답의 근거가 아니라 가까운 내용인지 여부입니다.")


class AskResult(BaseModel):
    """근거가 확인된 답이거나, 문서에 없다는 말입니다."""

    answer: str
    answerable: bool = Field(description="문서로 답할 수 있는지 여부입니다.")
    refusal_reason: str | None
    rewritten_question: str
    model: str = Field(description="답을 만든 방법(extractive)이나 언어 모델의 이름입니다.")
    fallback_reason: str | None = Field(
        description="언어 모델 대신 추출식으로 답한 까닭(코드)이거나 null입니다."
    )
    citations: list[CitedSentence]
    suggestions: list[str]


class FoundPassage(BaseModel):
    """찾은 단락입니다."""

    passage_id: str
    title: str
    heading_path: list[str]
    text: str
    score: float


class SearchToolResult(BaseModel):
    """찾은 단락들이며, 좋은 것부터 적습니다."""

    passages: list[FoundPassage]
    unknown_terms: list[str] = Field(description="어느 문서에도 없는 말입니다.")


class PassageResult(BaseModel):
    """단락 하나와 그 앞뒤 단락입니다."""

    passage_id: str
    document_id: str
    title: str
    heading_path: list[str]
    text: str
    before: str | None = Field(description="바로 앞 단락이며, 없으면 null입니다.")
    after: str | None = Field(description="바로 뒤 단락이며, 없으면 null입니다.")


def ask_result(answer: Answer) -> AskResult:
    """Return an answer without the passages around its quotes."""
    return AskResult(
        answer=answer.text,
        answerable=answer.answerable,
        refusal_reason=answer.refusal_reason,
        rewritten_question=answer.rewritten_question,
        model=answer.model,
        fallback_reason=answer.fallback_reason,
        citations=[
            CitedSentence(
                marker=c.marker,
                quote=c.quote,
                title=c.title,
                heading_path=list(c.heading_path),
                passage_id=c.passage_id,
                related=c.related,
            )
            for c in answer.citations
        ],
        suggestions=list(answer.suggestions),
    )


def search_result(found: SearchResult, score_digits: int = 4) -> SearchToolResult:
    """Return the passages of a search."""
    return SearchToolResult(
        passages=[
            FoundPassage(
                passage_id=hit.passage.id,
                title=hit.document.title,
                heading_path=list(hit.passage.heading_path),
                text=hit.passage.text,
                score=round(hit.score, score_digits),
            )
            for hit in found.hits
        ],
        unknown_terms=list(found.unknown_terms),
    )


def passage_result(title: str, passage: Passage, near: Sequence[Passage | None]) -> PassageResult:
    """Return a passage with the one before and the one after it."""
    before, after = near
    return PassageResult(
        passage_id=passage.id,
        document_id=passage.document_id,
        title=title,
        heading_path=list(passage.heading_path),
        text=passage.text,
        before=before.text if before else None,
        after=after.text if after else None,
    )
