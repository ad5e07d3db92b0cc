"""Who may do what: callers, and the one dependency that guarded routes name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from fastapi import Request

from api.api_keys import Scope
from ingest.errors import ForbiddenError


@dataclass(frozen=True, slots=True)
class Caller:
    """Who sent a request.

    Attributes:
        name: ``key:`` and the id of the key, or ``anybody``.
        scope: what they may do; ``admin`` includes ``ask``.
        limited: whether they may ask only so often.
    """

    name: str
    scope: Scope
    limited: bool


def caller_of(request: Request) -> Caller:
    """Return who sent a request, as the access middleware found."""
    caller: Caller = request.scope["state"]["caller"]
    return caller


def require(scope: Scope) -> Callable[[Request], None]:
    """Return a dependency that lets a request pass, or refuses it.

    Args:
        scope: what the route does: ``ask`` reads and gives feedback, ``admin`` changes documents.

    Returns:
        A function for ``Depends``, which raises ``ForbiddenError``: ``admin_refused``.
    """

    def check(request: Request) -> None:
        if scope == "admin" and caller_of(request).scope != "admin":
            raise ForbiddenError(
                "admin_refused",
                "문서를 바꾸는 요청에는 관리(admin) 키가 필요합니다.",
                "관리 키를 Authorization 헤더에 넣거나, 서버가 있는 컴퓨터에서 `geungeo ingest`를"
                " 쓰세요.",
            )

    return check
