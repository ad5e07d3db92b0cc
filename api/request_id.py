"""The id that ties a request, its response and its log line together."""

from __future__ import annotations

import re
import uuid

from starlette.requests import Request

HEADER = "X-Request-ID"
_SANE = re.compile(r"[A-Za-z0-9._-]{1,64}")


def choose_request_id(offered: str | None) -> str:
    """Take the client's id where it is harmless, else make one."""
    if offered and _SANE.fullmatch(offered):
        return offered
    return f"req_{uuid.uuid4().hex[:20]}"


def request_id_of(request: Request) -> str:
    """Return the id that the middleware gave this request."""
    return str(request.scope["state"]["request_id"])
