"""What the routes say about themselves in OpenAPI."""

from __future__ import annotations

from typing import Any

from api.schemas import ErrorResponse

_ERRORS = {
    400: (
        "요청을 고쳐야 합니다",
        "empty_question, question_too_long, malformed_json, host_refused, no_question",
    ),
    401: ("API 키가 필요합니다", "key_required, key_refused"),
    403: ("할 수 없는 요청입니다", "admin_refused, cross_site"),
    404: ("찾는 것이 없습니다", "document_not_found, job_not_found, not_found"),
    409: ("지금 상태에서 할 수 없습니다", "job_not_waiting"),
    413: ("본문이 너무 큽니다", "body_too_large"),
    415: ("JSON이 아닙니다", "unsupported_media_type"),
    422: ("항목이 올바르지 않습니다", "invalid_request"),
    429: ("너무 자주 요청했습니다", "rate_limited"),
    503: (
        "지금은 답할 수 없습니다",
        "no_index, starting, busy, index_unreadable, index_outdated, model_mismatch",
    ),
}


def example(value: Any) -> dict[str, Any]:
    """Describe a successful response by an example."""
    return {"description": "성공", "content": {"application/json": {"example": value}}}


def error_responses(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Describe the errors that a route may answer with."""
    return {
        status: {
            "model": ErrorResponse,
            "description": f"{_ERRORS[status][0]} ({_ERRORS[status][1]})",
        }
        for status in statuses
    }
