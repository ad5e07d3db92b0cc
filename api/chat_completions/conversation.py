"""A chat client's messages read as a question and what was said before it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from api.answer.records import Turn
from api.chat_completions.request import ChatMessage, TextPart
from ingest.errors import InputError

# Begins the list of sources under an answer, and ends the answer when a client sends it back.
SOURCES_HEADING = "**근거**"
_SOURCES = re.compile(rf"\n+{re.escape(SOURCES_HEADING)}\n.*\Z", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Conversation:
    """A question with the turns before it, oldest first."""

    question: str
    history: tuple[Turn, ...]


def read_conversation(messages: Sequence[ChatMessage]) -> Conversation:
    """Take the last user message as the question.

    Messages of other roles than user and assistant are left out: what a client's system message
    orders cannot loosen an answer from the documents.

    Raises:
        InputError: ``no_question`` where the last message is not the user's;
            ``content_unsupported`` where the question holds no text.
    """
    spoken = [message for message in messages if message.role in {"user", "assistant"}]
    if not spoken or spoken[-1].role != "user":
        raise InputError(
            "no_question",
            "마지막 메시지가 사용자의 질문이 아닙니다.",
            "messages의 끝에 role이 user인 메시지를 넣으세요.",
        )
    question = _text(spoken[-1])
    if not question and spoken[-1].content:
        raise InputError(
            "content_unsupported", "그림이나 소리는 읽지 못합니다.", "질문을 글로 적어 주세요."
        )
    history = tuple(
        Turn("user", _text(message))
        if message.role == "user"
        else Turn("assistant", _SOURCES.sub("", _text(message)))
        for message in spoken[:-1]
    )
    return Conversation(question, history)


def _text(message: ChatMessage) -> str:
    if isinstance(message.content, str):
        return message.content
    parts = message.content or []
    return "\n".join(part.text for part in parts if isinstance(part, TextPart))
