"""The one place where errors become HTTP responses."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect
from starlette.routing import Match

from api.request_id import HEADER, request_id_of
from api.text import printable, shortened
from api.validation_text import korean_reason
from ingest.errors import (
    ConflictError,
    ForbiddenError,
    GeungeoError,
    InputError,
    NotFoundError,
    OperatorError,
    RateLimitedError,
    RetryLaterError,
    UnauthorizedError,
)

RETRY_AFTER_SECONDS = "2"
# What nginx logs for a client that closed the connection; nobody receives it.
_CLIENT_LEFT = 499

_BY_STATUS = {
    400: ("malformed_json", "요청 본문을 읽을 수 없습니다. UTF-8로 쓴 JSON인지 확인하세요."),
    404: ("not_found", "없는 주소입니다. /docs에서 쓸 수 있는 주소를 확인하세요."),
    405: ("method_not_allowed", "이 주소에서 쓸 수 없는 메서드입니다."),
    408: ("body_too_slow", "요청 본문이 너무 늦게 왔습니다. 다시 보내 주세요."),
    413: ("body_too_large", "요청 본문이 너무 큽니다. 내용을 줄여서 다시 보내 주세요."),
}
# The first that fits: the narrow kinds stand before the wide ones.
_STATUS_BY_KIND: tuple[tuple[type[GeungeoError], HTTPStatus], ...] = (
    (NotFoundError, HTTPStatus.NOT_FOUND),
    (ConflictError, HTTPStatus.CONFLICT),
    (ForbiddenError, HTTPStatus.FORBIDDEN),
    (UnauthorizedError, HTTPStatus.UNAUTHORIZED),
    (InputError, HTTPStatus.BAD_REQUEST),
    (RateLimitedError, HTTPStatus.TOO_MANY_REQUESTS),
    (RetryLaterError, HTTPStatus.SERVICE_UNAVAILABLE),
    (OperatorError, HTTPStatus.SERVICE_UNAVAILABLE),
)
INTERNAL_ERROR = "internal_error"
INTERNAL = (
    INTERNAL_ERROR,
    "서버 안에서 예상하지 못한 오류가 났습니다. request_id를 운영자에게 알려 주세요.",
)
_WHOLE_BODY = "body"
_METHODS = ("DELETE", "GET", "HEAD", "POST")
_MOST_REASONS = 5


def install(app: FastAPI) -> None:
    """Register the handlers."""
    app.add_exception_handler(GeungeoError, _ours)
    app.add_exception_handler(RequestValidationError, _validation)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(ClientDisconnect, _client_left)
    app.add_exception_handler(Exception, _unexpected)


def status_of(error: GeungeoError) -> int:
    """Return the status that tells the client what to do next."""
    found = (status for kind, status in _STATUS_BY_KIND if isinstance(error, kind))
    return next(found, HTTPStatus.INTERNAL_SERVER_ERROR)


def full_message(error: GeungeoError) -> str:
    """Return what is wrong and what to do next, in whole sentences."""
    if not error.remedy:
        return error.message
    return f"{error.message.rstrip('.')}. {error.remedy}"


def error_content(code: str, message: str, request_id: str) -> dict[str, Any]:
    """Return the JSON form of an error."""
    return {"error": {"code": code, "message": printable(message), "request_id": request_id}}


def _ours(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, GeungeoError)  # noqa: S101 - registered for this class only
    return error_response(request, error)


def error_response(request: Request, error: GeungeoError) -> JSONResponse:
    """Return the response for one of our errors."""
    return _response(request, status_of(error), error.code, full_message(error), _headers_of(error))


def _headers_of(error: GeungeoError) -> dict[str, str]:
    match error:
        case RateLimitedError():
            return {"Retry-After": str(error.seconds)}
        case RetryLaterError():
            return {"Retry-After": RETRY_AFTER_SECONDS}
        case UnauthorizedError():
            return {"WWW-Authenticate": "Bearer"}
        case _:
            return {}


def _validation(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)  # noqa: S101 - registered for this class only
    found = error.errors()
    if any(e["type"] == "json_invalid" for e in found):
        return _response(request, HTTPStatus.BAD_REQUEST, *_BY_STATUS[HTTPStatus.BAD_REQUEST])
    if any(tuple(e["loc"]) == (_WHOLE_BODY,) for e in found) and not _is_json(request):
        return _response(
            request,
            HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
            "unsupported_media_type",
            "본문을 JSON으로 보내고 Content-Type: application/json 헤더를 붙이세요.",
        )
    reasons = "; ".join(f"{_field(e)}: {korean_reason(e)}" for e in found[:_MOST_REASONS])
    if len(found) > _MOST_REASONS:
        reasons += f" 외 {len(found) - _MOST_REASONS}개"
    message = f"요청의 항목이 올바르지 않습니다. {reasons}."
    return _response(request, HTTPStatus.UNPROCESSABLE_ENTITY, "invalid_request", message)


def _http(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)  # noqa: S101 - registered for this class only
    code, message = _BY_STATUS.get(error.status_code, INTERNAL)
    headers = error.headers
    if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        headers = {**(headers or {}), "Allow": ", ".join(_methods_of(request))}
    return _response(request, error.status_code, code, message, headers)


def _methods_of(request: Request) -> list[str]:
    """Return the methods of every route at a path; the router names those of the first alone."""
    return [
        method
        for method in _METHODS
        if any(
            route.matches({**request.scope, "method": method})[0] is Match.FULL
            for route in request.app.routes
        )
    ]


def _client_left(request: Request, _error: Exception) -> Response:
    request.scope["state"]["error_code"] = "client_left"
    return Response(status_code=_CLIENT_LEFT)


def _unexpected(request: Request, _error: Exception) -> JSONResponse:
    """Answer for a bug; the server logs its traceback."""
    # This response goes out past the middleware that adds the header to all others.
    headers = {HEADER: request_id_of(request)}
    return _response(request, HTTPStatus.INTERNAL_SERVER_ERROR, *INTERNAL, headers)


def _response(
    request: Request,
    status: int,
    code: str,
    message: str,
    headers: Mapping[str, str] | None = None,
) -> JSONResponse:
    request.scope["state"]["error_code"] = code
    content = error_content(code, message, request_id_of(request))
    return JSONResponse(content, status_code=status, headers=headers)


def _is_json(request: Request) -> bool:
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    return media_type == "application/json" or media_type.endswith("+json")


def _field(error: Mapping[str, Any]) -> str:
    place = [str(part) for part in error["loc"] if part != _WHOLE_BODY]
    return shortened(".".join(place)) or "본문"
