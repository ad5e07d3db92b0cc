"""What the HTTP API takes and gives."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from pydantic_core import PydanticCustomError

from api.limits import MOST_HITS

MOST_TURNS = 50
MOST_DOCUMENT_IDS = 200
# Far beyond any answer of a chatbot; how much of it is looked at, the settings say.
MOST_TURN_CHARS = 100_000

TopK = Annotated[
    int, Field(ge=1, le=MOST_HITS, strict=True, description="찾아볼 단락의 최대 개수입니다.")
]


class _Request(BaseModel):
    model_config = ConfigDict(extra="forbid")


def _bounded(content: str) -> str:
    # A bound of pydantic's own would refuse lone surrogates, which are dropped as in questions.
    if len(content) > MOST_TURN_CHARS:
        raise PydanticCustomError("string_too_long", "too long", {"max_length": MOST_TURN_CHARS})
    return content


class TurnIn(_Request):
    """앞선 대화의 한 마디입니다."""

    role: Literal["user", "assistant"] = Field(description="말한 쪽입니다.")
    content: Annotated[str, AfterValidator(_bounded)] = Field(
        json_schema_extra={"maxLength": MOST_TURN_CHARS},
        description="한 말입니다. 질문의 최대 글자 수까지만 봅니다.",
    )


class Filters(_Request):
    """찾을 범위입니다."""

    document_ids: list[str] = Field(
        default_factory=list,
        max_length=MOST_DOCUMENT_IDS,
        description="이 문서에서만 찾습니다. 비우면 모든 문서에서 찾습니다.",
    )


class AskRequest(_Request):
    """질문입니다."""

    question: str = Field(description="알고 싶은 것입니다.")
    history: list[TurnIn] = Field(
        default_factory=list,
        max_length=MOST_TURNS,
        description="앞선 대화입니다. 오래된 것부터 적으며, 마지막 20마디만 봅니다.",
    )
    top_k: TopK = 8
    filters: Filters = Field(default_factory=Filters, description="찾을 범위입니다.")
    stream: bool = Field(
        default=False,
        strict=True,
        description="true면 서버 전송 이벤트(token, citation, done, error)로 답합니다.",
    )


class SearchRequest(_Request):
    """검색입니다."""

    query: str = Field(description="찾을 말입니다.")
    top_k: TopK = 8
    filters: Filters = Field(default_factory=Filters, description="찾을 범위입니다.")


class CitationOut(BaseModel):
    """답의 근거가 되는 문장입니다."""

    marker: int = Field(description="답의 [n]에 들어가는 번호입니다.")
    passage_id: str
    document_id: str
    title: str = Field(description="문서 제목입니다.")
    heading_path: list[str] = Field(description="단락 위의 제목들이며, 바깥쪽부터 적습니다.")
    quote: str = Field(description="단락에서 그대로 옮긴 문장입니다.")
    passage: str = Field(description="단락 전체입니다.")
    start: int = Field(description="단락에서 quote가 시작하는 자리(유니코드 코드 포인트)입니다.")
    end: int = Field(description="단락에서 quote가 끝나는 자리입니다. passage[start:end] == quote.")
    document_start: int = Field(description="문서에서 quote가 시작하는 자리입니다.")
    document_end: int = Field(description="문서에서 quote가 끝나는 자리입니다.")
    score: float = Field(description="얼마나 잘 답하는지 나타내며, 0에서 1 사이입니다.")
    related: bool = Field(
        default=False,
        description="답의 근거가 아니라, 거절하며 보여 주는 가까운 내용인지 여부입니다.",
    )


class SentenceOut(BaseModel):
    """답의 한 문장입니다."""

    text: str
    markers: list[int] = Field(description="이 문장의 근거 번호입니다.")
    supported: bool = Field(description="근거가 문장을 뒷받침하는지 여부입니다.")
    added: list[str] = Field(
        default_factory=list, description="인용문에는 없고 그 위의 제목에서 채운 말입니다."
    )


class UsageOut(BaseModel):
    """언어 모델이 쓴 양입니다."""

    prompt_tokens: int = Field(description="보낸 토큰 수입니다.")
    completion_tokens: int = Field(description="받은 토큰 수입니다.")
    cost: float | None = Field(
        description="비용(미국 달러)입니다. 단가를 정하지 않았으면 null입니다."
    )


class AskResponse(BaseModel):
    """답이거나, 답할 수 없다는 말입니다."""

    answer: str = Field(description="[n] 표시가 붙은 답입니다.")
    answerable: bool = Field(description="문서로 답할 수 있는지 여부입니다.")
    refusal_reason: str | None = Field(description="답할 수 없는 까닭(코드)입니다.")
    citations: list[CitationOut]
    sentences: list[SentenceOut]
    confidence: float = Field(description="문서에 답이 있다는 확신이며, 0에서 1 사이입니다.")
    rewritten_question: str = Field(description="대화를 반영해 실제로 찾은 질문입니다.")
    model: str = Field(description="답을 만든 방법입니다.")
    timings_ms: dict[str, float] = Field(description="단계별 시간(밀리초)입니다.")
    kind: Literal["answer", "refusal", "small_talk"] = Field(
        description="답(answer), 거절(refusal), 인사나 안내(small_talk) 가운데 하나입니다."
    )
    dropped_sentences: int = Field(
        description="언어 모델이 썼으나 근거와 맞지 않아 뺀 문장의 수입니다."
    )
    fallback_reason: str | None = Field(
        description="언어 모델 대신 추출식으로 답한 까닭(코드)입니다. timeout, rate_limited,"
        " unavailable, circuit_open, nothing_supported 가운데 하나이거나 null입니다. model이 언어"
        " 모델인데 값이 있으면 답하다가 끊긴 것입니다."
    )
    usage: UsageOut | None = Field(description="언어 모델이 쓴 양입니다. 쓰지 않았으면 null입니다.")
    suggestions: list[str] = Field(description="이어서 물어볼 만한 질문입니다.")
    request_id: str


class HitOut(BaseModel):
    """찾은 단락입니다."""

    passage_id: str
    document_id: str
    source: str = Field(description="문서의 파일 이름입니다.")
    title: str = Field(description="문서 제목입니다.")
    heading_path: list[str]
    text: str
    score: float = Field(description="종합 점수(0~1)입니다. 한 번의 검색 안에서만 비교합니다.")
    scores: dict[str, float] = Field(description="검색 방법별 점수입니다.")
    matched_terms: list[str] = Field(description="단락에 나온 질의의 말입니다.")


class CorrectionOut(BaseModel):
    """질의에서 바로잡아 찾은 말입니다."""

    typed: str = Field(description="적은 말입니다.")
    meant: str = Field(description="바로잡은 말입니다.")
    slip: str = Field(
        description="고친 까닭입니다. keyboard_mode(한/영 전환), spelling(오탈자),"
        " spacing(띄어쓰기) 가운데 하나입니다."
    )


class SearchResponse(BaseModel):
    """찾은 단락들이며, 좋은 것부터 적습니다."""

    hits: list[HitOut]
    searched_query: str = Field(
        description="실제로 찾은 질의입니다. 고친 곳이 없으면 그대로입니다."
    )
    corrections: list[CorrectionOut] = Field(description="바로잡은 말들입니다.")
    other_names: list[str] = Field(description="함께 찾은 다른 이름(약어, 원말, 다른 표기)입니다.")
    unknown_terms: list[str] = Field(description="어느 문서에도 없는 질의의 말입니다.")
    request_id: str


class DocumentOut(BaseModel):
    """색인에 있는 문서입니다."""

    id: str
    title: str
    source: str = Field(description="파일 이름입니다.")
    sha256: str
    publisher: str | None
    published: str | None
    original_title: str | None = Field(description="재서술본이면 원문의 제목입니다.")
    replaced_by: str | None = Field(description="대신 검색하는 원문의 id입니다.")
    passages: int = Field(description="검색하는 단락의 개수입니다.")


class DocumentListResponse(BaseModel):
    """색인에 있는 문서들입니다."""

    documents: list[DocumentOut]
    request_id: str


class HeadingOut(BaseModel):
    """차례의 한 줄입니다."""

    level: int
    marker: str
    text: str
    start: int
    end: int


class PassageOut(BaseModel):
    """문서의 단락입니다."""

    id: str
    position: int
    heading_path: list[str]
    text: str
    start: int = Field(description="문서에서 시작하는 자리입니다.")
    end: int


class DocumentResponse(BaseModel):
    """문서 하나와 그 차례, 단락입니다."""

    document: DocumentOut
    characters: int = Field(description="본문의 글자 수입니다.")
    outline: list[HeadingOut]
    passages: list[PassageOut]
    request_id: str


class ErrorBody(BaseModel):
    """오류입니다."""

    code: str = Field(description="바뀌지 않는 오류 코드입니다.")
    message: str = Field(description="무엇이 잘못되었고 어떻게 고치는지 설명합니다.")
    request_id: str


class ErrorResponse(BaseModel):
    """모든 오류의 모양입니다."""

    error: ErrorBody


class HealthResponse(BaseModel):
    """서버가 살아 있다는 표시입니다."""

    status: Literal["ok"]


class ReadyResponse(BaseModel):
    """서버가 답할 준비가 되었다는 표시입니다."""

    status: Literal["ready"]
    generation: str | None = Field(description="지금 쓰는 색인의 이름입니다.")
