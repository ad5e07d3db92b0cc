"""Answers in the shapes of chat completions, whole and in chunks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

from pydantic import BaseModel, Field

from api.answer.records import Answer, Citation
from api.chat_completions.conversation import SOURCES_HEADING
from api.responses import ask_response
from api.schemas import AskResponse

MODEL = "geungeo"
_PATH_SEPARATOR = " › "


class ModelOut(BaseModel):
    """고를 수 있는 모델입니다."""

    id: str = MODEL
    object: Literal["model"] = "model"
    created: int = Field(description="서버가 시작한 때(유닉스 초)입니다.")
    owned_by: str = MODEL


class ModelListResponse(BaseModel):
    """고를 수 있는 모델들입니다."""

    object: Literal["list"] = "list"
    data: list[ModelOut]


class ChatUsage(BaseModel):
    """언어 모델이 쓴 토큰 수입니다. 언어 모델 없이 답했으면 0입니다."""

    prompt_tokens: int = 0
    completion_tokens: int = 0
    total_tokens: int = 0


class ChatReply(BaseModel):
    """답한 말입니다."""

    role: Literal["assistant"] = "assistant"
    content: str
    refusal: None = None


class ChatChoice(BaseModel):
    """답 하나입니다."""

    index: int = 0
    message: ChatReply
    finish_reason: Literal["stop"] = "stop"
    logprobs: None = None


class ChatResponse(BaseModel):
    """OpenAI의 대화 완성 응답이며, geungeo에 인용을 담은 /v1/ask의 응답이 들어 있습니다."""

    id: str
    object: Literal["chat.completion"] = "chat.completion"
    created: int = Field(description="답하기 시작한 때(유닉스 초)입니다.")
    model: str = MODEL
    choices: list[ChatChoice]
    usage: ChatUsage
    geungeo: AskResponse


def chat_response(answer: Answer, completion: str, created: int, request_id: str) -> ChatResponse:
    """Return a whole answer.

    Args:
        answer: what was said.
        completion: id of the completion.
        created: seconds since 1970.
        request_id: of the request.
    """
    content = answer.text + sources(answer.citations)
    return ChatResponse(
        id=completion,
        created=created,
        choices=[ChatChoice(message=ChatReply(content=content))],
        usage=usage_of(answer),
        geungeo=ask_response(answer, request_id),
    )


def chunk(
    completion: str, created: int, delta: dict[str, Any], finish: str | None = None, **more: Any
) -> dict[str, Any]:
    """Return one chunk of a streamed answer."""
    choice = {"index": 0, "delta": delta, "finish_reason": finish, "logprobs": None}
    return {
        "id": completion,
        "object": "chat.completion.chunk",
        "created": created,
        "model": MODEL,
        "choices": [choice],
        **more,
    }


def usage_of(answer: Answer) -> ChatUsage:
    """Return the tokens of a language model; none were used where none answered."""
    if answer.usage is None:
        return ChatUsage()
    prompt, completion = answer.usage.prompt_tokens, answer.usage.completion_tokens
    return ChatUsage(
        prompt_tokens=prompt, completion_tokens=completion, total_tokens=prompt + completion
    )


def sources(citations: Sequence[Citation]) -> str:
    """Return the list of sources that stands under an answer, in Markdown; empty without any."""
    if not citations:
        return ""
    lines = [f"- [{c.marker}] {_place(c)}: “{' '.join(c.quote.split())}”" for c in citations]
    return "\n".join(["", "", SOURCES_HEADING, *lines])


def _place(citation: Citation) -> str:
    path = (citation.title, *citation.heading_path)
    place = _PATH_SEPARATOR.join(" ".join(part.split()) for part in path)
    return f"관련 내용, {place}" if citation.related else place
