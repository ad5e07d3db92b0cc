"""What happens around every request: an id, one log line, and bounds on who asks and how much."""

from __future__ import annotations

import time
from typing import Any

import structlog
from fastapi import HTTPException, Request
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.hosts import names_loopback
from api.http_errors import INTERNAL_ERROR, error_response
from api.request_id import HEADER, choose_request_id
from api.text import shortened
from ingest.errors import InputError

_TOO_LARGE = 413


class RequestMiddleware:
    """Gives each request an id and logs how it ended, never what was asked."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
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
            details = {"error": state["error_code"]} if "error_code" in state else {}
            self._log.info(
                "request",
                method=scope["method"],
                path=scope["path"],
                status=status,
                ms=round((time.perf_counter() - start) * 1000, 1),
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
    """Refuses a body that is longer than allowed, as soon as that is known.

    Args:
        app: what handles the request.
        most_bytes: longest body.
    """

    def __init__(self, app: ASGIApp, most_bytes: int) -> None:
        self._app = app
        self._most_bytes = most_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        announced = Headers(scope=scope).get("content-length", "")
        if announced.isdecimal() and int(announced) > self._most_bytes:
            received = self._most_bytes + 1
        else:
            received = 0

        async def receive_bounded() -> Message:
            nonlocal received
            if received > self._most_bytes:
                raise HTTPException(_TOO_LARGE)
            message = await receive()
            received += len(message.get("body", b""))
            if received > self._most_bytes:
                raise HTTPException(_TOO_LARGE)
            return message

        await self._app(scope, receive_bounded, send)
