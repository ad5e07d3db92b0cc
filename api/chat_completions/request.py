"""What a client of chat completions sends."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

# Chat clients send the whole conversation each time; only its end is looked at.
MOST_MESSAGES = 500


class TextPart(BaseModel):
    """메시지의 글 조각입니다."""

    type: Literal["text"]
    text: str


class OtherPart(BaseModel):
    """그림이나 소리처럼 읽지 않는 조각입니다."""

    model_config = ConfigDict(extra="allow")

    type: str


class ChatMessage(BaseModel):
    """대화의 한 마디입니다."""

    model_config = ConfigDict(extra="allow")

    role: Literal["system", "developer", "user", "assistant", "tool", "function"] = Field(
        description="말한 쪽입니다. system과 developer의 지시는 따르지 않습니다."
    )
    content: str | list[TextPart | OtherPart] | None = Field(
        default=None, description="한 말입니다."
    )


class StreamOptions(BaseModel):
    """스트리밍의 설정입니다."""

    model_config = ConfigDict(extra="allow")

    include_usage: bool = Field(
        default=False,
        strict=True,
        description="true면 마지막에 사용량만 담은 조각을 하나 더 보냅니다.",
    )


class ChatRequest(BaseModel):
    """OpenAI의 대화 완성 요청입니다. 여기 없는 항목(temperature 등)은 받되 쓰지 않습니다."""

    model_config = ConfigDict(extra="allow")

    model: str = Field(default="geungeo", description="geungeo입니다. 다른 이름도 받습니다.")
    messages: Annotated[list[ChatMessage], Field(min_length=1, max_length=MOST_MESSAGES)]
    stream: bool = Field(
        default=False, strict=True, description="true면 문장이 확인되는 대로 보냅니다."
    )
    stream_options: StreamOptions | None = None
    n: Literal[1] | None = Field(default=None, description="답은 언제나 하나입니다.")
