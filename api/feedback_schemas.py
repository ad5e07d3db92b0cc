"""What the feedback route takes and gives."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

MOST_CITATIONS = 20
MOST_COMMENT_CHARS = 2_000
MOST_QUESTION_CHARS = 5_000
MOST_ANSWER_CHARS = 20_000
MOST_QUOTE_CHARS = 4_000


class FeedbackCitation(BaseModel):
    """답의 근거 하나입니다."""

    model_config = ConfigDict(extra="forbid")

    document_id: str = Field(max_length=80, description="문서의 id입니다.")
    quote: str = Field(
        max_length=MOST_QUOTE_CHARS, description="답의 citations에 있던 quote입니다."
    )


class FeedbackRequest(BaseModel):
    """답에 대한 의견입니다."""

    model_config = ConfigDict(extra="forbid")

    request_id: str = Field(
        pattern=r"^[A-Za-z0-9._-]{1,64}$", description="의견을 주는 답의 request_id입니다."
    )
    rating: Literal["up", "down"] = Field(description="좋으면 up, 나쁘면 down입니다.")
    comment: str | None = Field(
        default=None, max_length=MOST_COMMENT_CHARS, description="하고 싶은 말입니다."
    )
    question: str | None = Field(
        default=None,
        max_length=MOST_QUESTION_CHARS,
        description="물은 질문입니다. 서버는 질문을 남기지 않으므로, 적어야 평가에 쓸 수 있습니다.",
    )
    answer: str | None = Field(
        default=None, max_length=MOST_ANSWER_CHARS, description="받은 답입니다."
    )
    expected: str | None = Field(
        default=None, max_length=MOST_ANSWER_CHARS, description="바랐던 답입니다."
    )
    citations: list[FeedbackCitation] = Field(
        default_factory=list, max_length=MOST_CITATIONS, description="받은 답의 근거입니다."
    )


class FeedbackResponse(BaseModel):
    """의견을 남겼다는 표시입니다."""

    id: str = Field(description="의견의 id입니다.")
    request_id: str


REQUEST_EXAMPLE: dict[str, Any] = {
    "request_id": "req_5f0c2f9a4b7d4c1e8a36",
    "rating": "down",
    "comment": "연도가 빠졌습니다.",
    "question": "대전의 딥테크 기반 바이오기업은 몇 개인가요?",
    "expected": "600여 개입니다.",
}
RESPONSE_EXAMPLE: dict[str, Any] = {"id": "fb_12", "request_id": "req_0a1b2c3d4e5f60718293"}
