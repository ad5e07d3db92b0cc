"""What happens around every request: an id, one log line, and bounds on who asks and how much."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import structlog
from fastapi import HTTPException, Request
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.hosts import names_loopback
from api.http_errors import INTERNAL_ERROR, error_response
from api.metrics import Metrics
from api.request_id import HEADER, choose_request_id
from api.text import shortened
from ingest.errors import InputError

# Our own are shorter by far; a client may send one of 64 KiB.
_MOST_LOGGED = 200
_TOO_LARGE = 413
_TOO_SLOW = 408
# What a browser should know of every response that does not say otherwise.
_SECURITY_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


class SecurityHeadersMiddleware:
    """Adds the headers that tell a browser to trust a response no further than it must."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _SECURITY_HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, send_with_headers)


class RequestMiddleware:
    """Gives each request an id, and logs and counts how it ended, never what was asked.

    Args:
        app: what handles the request.
        metrics: counts.
    """

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self._app = app
        self._metrics = metrics
        self._log: Any = structlog.get_logger("geungeo.request")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request_id = choose_request_id(Headers(scope=scope).get(HEADER))
        state = scope.setdefault("state", {})
        state["request_id"] = request_id
        status = 500

        async def send_with_id(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)[HEADER] = request_id
            await send(message)

        start = time.perf_counter()
        try:
            await self._app(scope, receive, send_with_id)
        except Exception:
            # The handler of these runs outside of here, when the line is written already.
            state["error_code"] = INTERNAL_ERROR
            raise
        finally:
            seconds = time.perf_counter() - start
            route = getattr(scope.get("route"), "path", None)
            self._metrics.requested(scope["method"], route, status, seconds)
            details = {"error": state["error_code"]} if "error_code" in state else {}
            self._log.info(
                "request",
                method=scope["method"],
                path=shortened(scope["path"], _MOST_LOGGED),
                status=int(status),
                ms=round(seconds * 1000, 1),
                request_id=request_id,
                **details,
            )


class LocalHostMiddleware:
    """Refuses requests to other names than this computer's own.

    A web page can have its name resolve to 127.0.0.1 and then read what a server there answers;
    the browser still sends that name. A request without a ``Host`` comes from no browser.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on."""
        hosts = Headers(scope=scope).getlist("host") if scope["type"] == "http" else []
        strange = next((host for host in hosts if not names_loopback(host)), None)
        if strange is None:
            await self._app(scope, receive, send)
            return
        error = InputError(
            "host_refused",
            f"이 컴퓨터의 이름이 아닌 주소로 온 요청입니다: {shortened(strange)}",
            "127.0.0.1이나 localhost로 접속하거나, 서버를 `--allow-remote`로 켜세요.",
        )
        await error_response(Request(scope), error)(scope, receive, send)


class BodyLimitMiddleware:
    """Refuses a body that is longer than allowed, as soon as that is known, or that does not come.

    Args:
        app: what handles the request.
        most_bytes: longest body.
        most_seconds: longest wait for the whole of a body.
        other_limits: by method and path, where another bound holds.
    """

    def __init__(
        self,
        app: ASGIApp,
        most_bytes: int,
        most_seconds: float,
        other_limits: Mapping[tuple[str, str], int] = MappingProxyType({}),
    ) -> None:
        self._app = app
        self._most_bytes = most_bytes
        self._most_seconds = most_seconds
        self._other_limits = other_limits

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        route = (scope["method"], scope["path"])
        most_bytes = self._other_limits.get(route, self._most_bytes)
        announced = Headers(scope=scope).get("content-length", "")
        too_long = announced.isdecimal() and int(announced) > most_bytes
        received = most_bytes + 1 if too_long else 0
        end: float | None = time.monotonic() + self._most_seconds

        async def receive_bounded() -> Message:
            nonlocal received, end
            if received > most_bytes:
                raise HTTPException(_TOO_LARGE)
            left = None if end is None else max(end - time.monotonic(), 0.0)
            try:
                message = await asyncio.wait_for(receive(), left)
            except TimeoutError as error:
                raise HTTPException(_TOO_SLOW) from error
            if not message.get("more_body", False):
                # What comes now is the client's leaving, for which nobody sets a time.
                end = None
            received += len(message.get("body", b""))
            if received > most_bytes:
                raise HTTPException(_TOO_LARGE)
            return message

        await self._app(scope, receive_bounded, send)
