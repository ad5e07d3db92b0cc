"""Who wrote an answer, in a line under it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.text import one_line

if TYPE_CHECKING:
    from api.answer.records import Answer

_EXTRACTIVE = "extractive"
_REASONS = {
    "timeout": "언어 모델이 시간 안에 답하지 않아",
    "rate_limited": "언어 모델 서버가 요청이 너무 많다고 하여",
    "unavailable": "언어 모델이 답하지 못해",
    "circuit_open": "언어 모델이 잇달아 실패해 잠시 묻지 않고",
    "nothing_supported": "언어 모델의 문장이 모두 근거와 맞지 않아",
}


def writer_line(answer: Answer) -> str:
    """Return who wrote an answer and what was left out of it; empty without a language model."""
    reason = _REASONS.get(answer.fallback_reason or "", "언어 모델이 답하지 못해")
    if answer.model == _EXTRACTIVE:
        return f"{reason} 문서의 문장을 골라 답했습니다." if answer.fallback_reason else ""
    said = [f"언어 모델: {answer.model}"]
    if answer.fallback_reason:
        said.append("답하는 도중에 끊김")
    if answer.dropped_sentences:
        said.append(f"근거와 맞지 않아 뺀 문장 {answer.dropped_sentences}개")
    return one_line(", ".join(said))
