"""Why a language model gave no answer, told from whatever its provider's client raised.

Clients of different providers share no class of errors, but all carry an HTTP status and the
response where there was one, and name time-outs and broken connections as such.
"""

from __future__ import annotations

import email.utils
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal

FailureReason = Literal["timeout", "rate_limited", "unavailable", "circuit_open"]

_TOO_MANY = 429
_REQUEST_TIMEOUT = 408
_CONFLICT = 409  # OpenAI's and its likes answer so where a lock was held for too long
_SERVER_ERRORS = 500
# Wrong for this request alone: the server is well.
_BAD_REQUESTS = frozenset({400, 413, 422})
# What a server says of a key may repeat the key.
_ABOUT_KEYS = frozenset({401, 403})
_MOST_DETAIL = 200
_CONNECTION_WORDS = ("Connect", "Transport", "Network", "RemoteProtocol", "ReadError", "WriteError")
_MODULES_OF_CLIENTS = ("httpx", "httpx2", "httpcore", "httpcore2", "aiohttp", "openai", "requests")


class GenerationFailed(Exception):  # noqa: N818 - named for what happened, as the caller reads it
    """The language model gave no answer, or broke off.

    Attributes:
        reason: stable code.
        detail: what went wrong for the operator's log, without secrets; one short line.
        counts: whether it says something of the server rather than of this one request.
    """

    def __init__(self, reason: FailureReason, detail: str = "", *, counts: bool = True) -> None:
        super().__init__(f"{reason}: {detail}" if detail else reason)
        self.reason = reason
        self.detail = detail
        self.counts = counts


@dataclass(frozen=True, slots=True)
class Failure:
    """One failed call.

    Attributes:
        reason: stable code.
        may_pass: whether the same call may succeed in a moment.
        retry_after: seconds that the server asked for, or None.
        detail: for the operator's log, without secrets.
        counts: whether it says something of the server rather than of this one request.
    """

    reason: FailureReason
    may_pass: bool
    retry_after: float | None
    detail: str
    counts: bool

    def raised(self) -> GenerationFailed:
        """Return the error that tells of it."""
        return GenerationFailed(self.reason, self.detail, counts=self.counts)


def failure_of(error: Exception) -> Failure:
    """Tell what an error of any provider's client means."""
    causes = list(_chain(error))
    status = next((code for code in map(_status, causes) if code is not None), None)
    if status is not None:
        return _failed_with(status, error, causes)
    if any(_is_timeout(cause) for cause in causes):
        return Failure("timeout", True, None, type(error).__name__, True)
    broken = any(_is_connection(cause) for cause in causes)
    return Failure("unavailable", broken, None, _detail(error), True)


def _failed_with(status: int, error: Exception, causes: list[BaseException]) -> Failure:
    said = type(error).__name__ if status in _ABOUT_KEYS else _detail(error)
    detail = f"HTTP {status}: {said}"
    if status == _TOO_MANY:
        wait = next((s for s in map(_retry_after, causes) if s is not None), None)
        return Failure("rate_limited", True, wait, detail, True)
    if status == _REQUEST_TIMEOUT:
        return Failure("timeout", True, None, detail, True)
    may_pass = status >= _SERVER_ERRORS or status == _CONFLICT
    wait = next((s for s in map(_retry_after, causes) if s is not None), None)
    return Failure("unavailable", may_pass, wait, detail, status not in _BAD_REQUESTS)


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or error.__context__


def _status(error: BaseException) -> int | None:
    """Return the HTTP status that an error carries; providers differ in where."""
    response = getattr(error, "response", None)
    for holder, name in ((error, "status_code"), (response, "status_code"), (error, "code")):
        value = getattr(holder, name, None)
        if isinstance(value, int) and 100 <= value < 600:  # noqa: PLR2004 - what HTTP allows
            return value
    return None


def _retry_after(error: BaseException) -> float | None:
    """Return how long a response asks to wait, in seconds, in either form of the header."""
    headers: Any = getattr(getattr(error, "response", None), "headers", None)
    value = headers.get("retry-after") if headers is not None else None
    if not value:
        return None
    try:
        return max(0.0, float(value))
    except ValueError:
        pass
    try:
        until = email.utils.parsedate_to_datetime(value)
    except ValueError:
        return None
    if until.tzinfo is None:
        until = until.replace(tzinfo=UTC)
    return max(0.0, (until - datetime.now(UTC)).total_seconds())


def _is_timeout(error: BaseException) -> bool:
    return isinstance(error, TimeoutError) or "Timeout" in type(error).__name__


def _is_connection(error: BaseException) -> bool:
    if isinstance(error, ConnectionError | EOFError):
        return True
    kind = type(error)
    from_client = kind.__module__.partition(".")[0] in _MODULES_OF_CLIENTS
    return from_client and any(word in kind.__name__ for word in _CONNECTION_WORDS)


def _detail(error: Exception) -> str:
    return " ".join(f"{type(error).__name__}: {error}".split())[:_MOST_DETAIL]


class NobodyWaitsError(Exception):
    """Whoever asked has gone: a model's answer is no longer wanted."""
