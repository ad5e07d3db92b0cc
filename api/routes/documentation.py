"""What the routes say about themselves in OpenAPI."""

from __future__ import annotations

from typing import Any

from api.schemas import ErrorResponse

_ERRORS = {
    400: (
        "요청을 고쳐야 합니다",
        "host_refused, malformed_json, empty_question, question_too_long, no_question,"
        " malformed_form, no_files, too_many_files, file_too_large, unsupported_type, file_binary,"
        " file_empty, encoding_unknown, nothing_to_search",
    ),
    401: ("API 키가 필요합니다", "key_required, key_refused"),
    403: ("할 수 없는 요청입니다", "admin_refused, cross_site"),
    404: ("찾는 것이 없습니다", "document_not_found, job_not_found, not_found"),
    408: ("본문이 너무 늦게 왔습니다", "body_too_slow"),
    409: ("지금 상태에서 할 수 없습니다", "job_not_waiting"),
    413: ("본문이 너무 큽니다", "body_too_large"),
    415: ("JSON이 아닙니다", "unsupported_media_type"),
    422: ("항목이 올바르지 않습니다", "invalid_request"),
    429: ("너무 자주 요청했습니다", "rate_limited"),
    500: ("서버의 잘못입니다", "internal_error"),
    503: (
        "지금은 답할 수 없습니다",
        "no_index, starting, busy, index_unreadable, index_outdated, model_mismatch",
    ),
}
_EVENT = {
    "type": "object",
    "description": "스트림의 이벤트 하나입니다.",
    "required": ["data"],
    "properties": {
        "event": {"type": "string", "description": "이벤트의 이름이며, 없을 수도 있습니다."},
        "data": {"type": "string", "description": "JSON으로 쓴 내용입니다."},
    },
}
EVERYWHERE = (400, 500)
"""What any request may be answered with."""
GUARDED = (401, 403, 429, 503)
"""What a request may be answered with before it reaches a route that is not public."""
BODY = (408, 413, 415, 422)
"""What a request with a JSON body may be answered with."""


def example(value: Any) -> dict[str, Any]:
    """Describe a successful response by an example."""
    return {"description": "성공", "content": {"application/json": {"example": value}}}


def streamed(response: dict[str, Any]) -> dict[str, Any]:
    """Add to a successful response that it may come as server-sent events."""
    events = {"text/event-stream": {"schema": _EVENT}}
    return {**response, "content": {**response.get("content", {}), **events}}


def error_responses(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Describe the errors that a route may answer with."""
    return {
        status: {
            "model": ErrorResponse,
            "description": f"{_ERRORS[status][0]} ({_ERRORS[status][1]})",
        }
        for status in statuses
    }
