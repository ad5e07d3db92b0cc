"""Lets in who may come in: by key, or from this computer where there are no keys."""

from __future__ import annotations

import time
from collections.abc import Collection
from urllib.parse import urlsplit

from fastapi import Request
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from api.access import Caller
from api.api_keys import KeyFile
from api.hosts import is_loopback
from api.http_errors import error_response
from api.rate_limit import RateLimit
from ingest.errors import ForbiddenError, GeungeoError, RateLimitedError, UnauthorizedError

# What tells nothing of the documents: whether the server lives, and the empty page.
PUBLIC_PATHS = frozenset(
    {"/", "/docs", "/documents", "/healthz", "/readyz", "/openapi.json", "/widget.js"}
)
PUBLIC_FOLDERS = ("/web/", "/documents/")
# All of KakaoTalk's users come from its servers, so each of them is counted there by name.
COUNTED_ELSEWHERE = frozenset({"/kakao/skill"})
_BEARER = "bearer "


class AccessMiddleware:
    """Finds out who asks, and refuses who may not.

    Where keys were ever made, every request to anything but the public paths needs a good one.
    Where none was, this computer may do everything, and others, where they may come in at all, may
    ask; then nobody may change documents, as a proxy's requests come from this computer too.

    Args:
        app: what handles the request.
        keys: the keys.
        rate: how often one caller may ask, at one address.
        origins: other web pages that may send requests from a browser.
        allow_remote: whether requests of other computers come in.
    """

    def __init__(
        self,
        app: ASGIApp,
        *,
        keys: KeyFile,
        rate: RateLimit,
        origins: Collection[str],
        allow_remote: bool,
    ) -> None:
        self._app = app
        self._keys = keys
        self._rate = rate
        self._origins = frozenset(origin.lower() for origin in origins)
        self._allow_remote = allow_remote

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or answer it with the reason why not."""
        if scope["type"] != "http" or _is_public(scope["path"]):
            await self._app(scope, receive, send)
            return
        request = Request(scope)
        try:
            scope["state"]["caller"] = self._let_in(request)
        except GeungeoError as error:
            await error_response(request, error)(scope, receive, send)
            return
        await self._app(scope, receive, send)

    def _let_in(self, request: Request) -> Caller:
        self._refuse_other_sites(request.headers)
        caller = self._caller(request)
        counted = caller.limited and request.scope["path"] not in COUNTED_ELSEWHERE
        wait = self._rate.wait_seconds(f"{caller.name} {_address(request)}") if counted else 0
        if wait:
            raise RateLimitedError(
                "rate_limited",
                "정해진 횟수보다 자주 요청했습니다.",
                f"{wait}초 뒤에 다시 보내 주세요.",
                wait,
            )
        return caller

    def _caller(self, request: Request) -> Caller:
        if not self._keys.listed() and not self._keys.were_seen:
            here = is_loopback(_address(request)) and not self._allow_remote
            return Caller("anybody", "admin" if here else "ask", limited=not here)
        token = _token(request.headers)
        if not token:
            raise UnauthorizedError(
                "key_required",
                "API 키가 필요합니다.",
                "Authorization: Bearer 뒤에 키를 넣어 보내 주세요.",
            )
        key = self._keys.find(token, time.time())
        if key is None:
            raise UnauthorizedError(
                "key_refused",
                "쓸 수 없는 API 키입니다.",
                "키를 다시 확인하거나 운영자에게 새 키를 받으세요.",
            )
        return Caller(f"key:{key.id}", key.scope, limited=True)

    def _refuse_other_sites(self, headers: Headers) -> None:
        """Refuse what a browser sends for a page of another site: forms need no leave to post."""
        origin = headers.get("origin", "").lower()
        if not origin or origin in self._origins:
            return
        if _place(origin) != headers.get("host", "").lower():
            raise ForbiddenError(
                "cross_site",
                "다른 웹 페이지가 보낸 요청은 받지 않습니다.",
                "이 서버의 페이지에서 다시 하거나, 설정 GEUNGEO_ALLOWED_ORIGINS에 그 페이지를"
                " 적으세요.",
            )


def _is_public(path: str) -> bool:
    return path in PUBLIC_PATHS or path.startswith(PUBLIC_FOLDERS)


def _place(origin: str) -> str:
    """Return host and port of an origin; empty where it is none."""
    try:
        return urlsplit(origin).netloc
    except ValueError:
        return ""


def _address(request: Request) -> str:
    return request.client.host if request.client else ""


def _token(headers: Headers) -> str:
    value = headers.get("authorization", "")
    if value[: len(_BEARER)].lower() == _BEARER:
        return value[len(_BEARER) :].strip()
    return headers.get("x-api-key", "").strip()
