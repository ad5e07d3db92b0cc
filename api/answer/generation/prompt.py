"""Messages to a language model: our rules in the system message, everything else as fenced data.

Passages, the conversation and the question are of others. Each stands between marks with a word
that is drawn for the request, which nobody can have put into a text beforehand; the first line of
the data, which is ours, tells it. Whatever could read as such a mark, as a control token of a chat
template or as a citation marker is broken up.
"""

from __future__ import annotations

import functools
import re
import secrets
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from api.answer.grounding.source import Source
from api.answer.records import Turn

if TYPE_CHECKING:
    from langchain_core.messages import BaseMessage

ANSWER_PROMPT = "answer.ko.v1"
REWRITE_PROMPT = "rewrite.ko.v1"
# What a model is told to say where the passages do not answer.
REFUSAL = "문서에서 답을 찾을 수 없습니다."

_FOLDER = Path(__file__).parent / "prompts"
_TICKET_BYTES = 6
# Chat templates mark turns with <|…|>, <…>, </…> or [INST], and servers read such marks in data.
_CONTROL = re.compile(r"<(?=[<|｜/!a-zA-Z])|\[(?=/?[A-Z_]{2,})")
_BRACKETED = re.compile(r"\[(\s?\^?[\d\s,，~–-]{1,20})\]")
_INVISIBLE = re.compile(
    r"[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
)
_NOT_A_WORD = re.compile(r"[\W_]+")
_ROLES = {"user": "사용자", "assistant": "답변"}


def new_ticket() -> str:
    """Return a word that nobody can know beforehand."""
    return secrets.token_hex(_TICKET_BYTES)


@functools.cache
def read_prompt(name: str) -> str:
    """Return the words of a prompt file; its version is part of its name."""
    return (_FOLDER / f"{name}.md").read_text(encoding="utf-8").strip()


def system_words(prompt: str) -> str:
    """Return our rules: the same for all requests, so that servers can keep what they read."""
    return read_prompt(prompt).replace("{refusal}", REFUSAL)


def source_block(source: Source, ticket: str) -> str:
    """Return a numbered passage as data."""
    path = " > ".join(source.passage.heading_path)
    lines = [f"문서: {source.title}", *([f"위치: {path}"] if path else []), source.passage.text]
    return block(f"자료 {source.marker}", "\n".join(lines), ticket)


def history_block(turns: Sequence[Turn], ticket: str) -> str:
    """Return the conversation as data; empty where there is none."""
    if not turns:
        return ""
    said = "\n".join(f"{_ROLES[t.role]}: {' '.join(t.content.split())}" for t in turns)
    return block("이전 대화", said, ticket)


def question_block(question: str, ticket: str) -> str:
    """Return the question as data."""
    return block("질문", question, ticket)


def block(name: str, text: str, ticket: str) -> str:
    """Return text between marks that it cannot hold itself."""
    return f"<<{ticket} {name}>>\n{as_data(text)}\n<<{ticket} 끝>>"


def as_data(text: str) -> str:
    """Return text in which nothing reads as a mark, a template's token or a citation."""
    plain = _INVISIBLE.sub("", text)
    return _BRACKETED.sub(r"(\1)", _CONTROL.sub(lambda found: f"{found.group()} ", plain))


def messages(prompt: str, ticket: str, blocks: Sequence[str]) -> list[BaseMessage]:
    """Return our rules and the data as a model takes them."""
    from langchain_core.messages import HumanMessage, SystemMessage

    data = "\n\n".join([f"표식: {ticket}", *(part for part in blocks if part)])
    return [SystemMessage(system_words(prompt)), HumanMessage(data)]


def is_refusal(sentence: str) -> bool:
    """Tell whether a sentence is the one that a model is told to refuse with."""
    return _bare(sentence) == _bare(REFUSAL)


def _bare(text: str) -> str:
    return _NOT_A_WORD.sub("", text)


Ticket = Callable[[], str]
