"""Sending an answer to the callback URL of Kakao's platform: once, in time, and nowhere else."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import SplitResult, urlsplit

import httpx

from api.hosts import is_loopback

# The newest failures are kept; older ones have long expired at Kakao's end.
_MOST_FAILURES = 1000
# Anything else could mean one host here and another to whoever connects.
_NAME = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)*")


@dataclass(frozen=True, slots=True)
class FailedCallback:
    """An answer that did not reach the platform.

    Attributes:
        time: seconds since 1970.
        request_id: of the request that asked.
        reason: HTTP status or name of the error.
    """

    time: float
    request_id: str
    reason: str


class FailureLog(Protocol):
    """Keeps what failed."""

    def add(self, failure: FailedCallback) -> None:
        """Keep one failure."""
        ...


class FailureFile:
    """Keeps failures as lines of JSON.

    Args:
        path: of the file; its folder is made where it is missing.
        most: how many are kept, the newest.
    """

    def __init__(self, path: Path, most: int = _MOST_FAILURES) -> None:
        self._path = path
        self._most = most

    def add(self, failure: FailedCallback) -> None:
        """Add a line, and drop the oldest where there are too many."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        lines = self._lines()[1 - self._most :]
        lines.append(json.dumps(asdict(failure), ensure_ascii=False))
        temporary = self._path.with_suffix(".part")
        temporary.write_text("\n".join(lines) + "\n", encoding="utf-8")
        temporary.replace(self._path)

    def read(self) -> list[FailedCallback]:
        """Return the failures, the oldest first."""
        return [FailedCallback(**json.loads(line)) for line in self._lines()]

    def _lines(self) -> list[str]:
        if not self._path.exists():
            return []
        return self._path.read_text(encoding="utf-8").splitlines()


def callback_allowed(url: str, hosts: Sequence[str]) -> bool:
    """Tell whether an answer may be posted to a URL that a request brought.

    Args:
        url: as it came.
        hosts: names that are allowed, each with the names below it. A loopback address may be
            reached without TLS and at any port.
    """
    parts = _split(url)
    if parts is None or parts.username is not None or parts.password is not None:
        return False
    host = (parts.hostname or "").lower().removesuffix(".")
    if not (_NAME.fullmatch(host) or is_loopback(host)):
        return False
    if not any(host == allowed or host.endswith(f".{allowed}") for allowed in hosts):
        return False
    if is_loopback(host):
        return parts.scheme in {"http", "https"}
    return parts.scheme == "https" and parts.port in {None, 443}


async def post_once(client: httpx.AsyncClient, url: str, content: dict[str, Any]) -> str | None:
    """Post an answer; return why it failed, or None.

    Redirects are not followed, and nothing is sent twice: the URL is good for one use.
    """
    try:
        response = await client.post(url, json=content, follow_redirects=False)
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        return type(error).__name__
    return None if response.is_success else f"HTTP {response.status_code}"


def _split(url: str) -> SplitResult | None:
    try:
        parts = urlsplit(url)
        parts.port  # noqa: B018 - raises where the port is none
    except ValueError:
        return None
    return parts
