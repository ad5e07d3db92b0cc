"""API keys: made once, shown once, kept as hashes."""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import secrets
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Literal

from filelock import FileLock

from ingest.errors import InputError, NotFoundError, OperatorError

Scope = Literal["ask", "admin"]
SCOPES: tuple[Scope, ...] = ("ask", "admin")

FILE_NAME = "keys.json"
_PREFIX = "gg"
_ID_BYTES = 4
# So many random bits need no slow hash: nobody finds them by trying.
_SECRET_BYTES = 32
_FILE_MODE = 0o600
_LEAST_GIVEN_CHARS = 16


@dataclass(frozen=True, slots=True)
class ApiKey:
    """What is kept of a key.

    Attributes:
        id: names it to people.
        name: whose it is, as they called it.
        scope: ``admin`` may do all that ``ask`` may.
        digest: SHA-256 of the whole key, in hexadecimal.
        created, expires, revoked: seconds since 1970; None where that has not been set.
    """

    id: str
    name: str
    scope: Scope
    digest: str
    created: float
    expires: float | None = None
    revoked: float | None = None

    def is_good(self, now: float) -> bool:
        """Tell whether it opens anything at a time."""
        return self.revoked is None and (self.expires is None or now < self.expires)


class KeyFile:
    """Keys in a file that only its owner may read; read again when it has changed.

    Args:
        path: of the file; it is made with the first key.
        given: keys from the settings, which stand beside those of the file.
    """

    def __init__(self, path: Path, given: Sequence[ApiKey] = ()) -> None:
        self._path = path
        self._given = tuple(given)
        # A file that vanishes while a server runs must not open it to everybody.
        self.were_seen = bool(given)
        self._read: tuple[tuple[int, int, int] | None, tuple[ApiKey, ...]] = (None, ())

    def listed(self) -> tuple[ApiKey, ...]:
        """Return every key, revoked ones too, the oldest first.

        Raises:
            OperatorError: ``keys_unreadable``.
        """
        stamp = _stamp(self._path)
        if stamp != self._read[0]:
            self._read = (stamp, _load(self._path) if stamp else ())
        found = (*self._given, *self._read[1])
        self.were_seen = self.were_seen or bool(found)
        return found

    def find(self, token: str, now: float) -> ApiKey | None:
        """Return the good key that a token is, or None.

        Raises:
            OperatorError: ``keys_unreadable``.
        """
        digest = digest_of(token)
        # Compared to all, so that the time tells nothing about any.
        found = [key for key in self.listed() if hmac.compare_digest(key.digest, digest)]
        return next((key for key in found if key.is_good(now)), None)

    def create(
        self, name: str, scope: Scope, now: float, expires: float | None
    ) -> tuple[ApiKey, str]:
        """Make a key.

        Returns:
            What is kept of it, and the key itself, which nothing can show again.
        """
        key_id = secrets.token_hex(_ID_BYTES)
        token = f"{_PREFIX}_{key_id}_{secrets.token_urlsafe(_SECRET_BYTES)}"
        key = ApiKey(key_id, name, scope, digest_of(token), now, expires)
        self._change(lambda keys: (*keys, key))
        return key, token

    def revoke(self, key_id: str, now: float) -> ApiKey:
        """Make a key open nothing from now on.

        Raises:
            NotFoundError: ``key_not_found``.
        """

        def revoked(keys: tuple[ApiKey, ...]) -> tuple[ApiKey, ...]:
            if all(key.id != key_id for key in keys):
                raise NotFoundError(
                    "key_not_found",
                    f"없는 키입니다: {key_id}",
                    "`geungeo keys list`에서 id를 확인하세요.",
                )
            return tuple(
                replace(key, revoked=key.revoked or now) if key.id == key_id else key
                for key in keys
            )

        return next(key for key in self._change(revoked) if key.id == key_id)

    def _change(
        self, change: Callable[[tuple[ApiKey, ...]], tuple[ApiKey, ...]]
    ) -> tuple[ApiKey, ...]:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(self._path.with_suffix(".lock")):
            keys = change(_load(self._path) if self._path.exists() else ())
            temporary = self._path.with_suffix(".part")
            temporary.unlink(missing_ok=True)
            descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _FILE_MODE)
            with os.fdopen(descriptor, "w", encoding="utf-8") as file:
                json.dump([asdict(key) for key in keys], file, ensure_ascii=False, indent=1)
                file.flush()
                os.fsync(file.fileno())
            temporary.replace(self._path)
        return keys


def digest_of(token: str) -> str:
    """Return what is kept of a key: its SHA-256 in hexadecimal."""
    return hashlib.sha256(token.encode("utf-8", "surrogateescape")).hexdigest()


def given_keys(setting: str) -> list[ApiKey]:
    """Read keys from a setting: ``scope:key`` pairs, separated by commas.

    Raises:
        InputError: ``bad_setting``; the message holds no key.
    """
    keys = []
    for number, entry in enumerate(filter(None, map(str.strip, setting.split(","))), start=1):
        scope, _, token = entry.partition(":")
        if scope not in SCOPES or len(token) < _LEAST_GIVEN_CHARS:
            raise InputError(
                "bad_setting",
                f"설정 GEUNGEO_API_KEYS의 {number}번째 키를 쓸 수 없습니다.",
                f"`ask:키`나 `admin:키`로 적고, 키는 {_LEAST_GIVEN_CHARS}자 이상으로 하세요.",
            )
        keys.append(ApiKey(f"setting{number}", "GEUNGEO_API_KEYS", scope, digest_of(token), 0.0))
    return keys


def _stamp(path: Path) -> tuple[int, int, int] | None:
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino


def _load(path: Path) -> tuple[ApiKey, ...]:
    try:
        entries: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))
        return tuple(ApiKey(**entry) for entry in entries)
    except (OSError, ValueError, TypeError) as error:
        raise OperatorError(
            "keys_unreadable",
            f"API 키 파일을 읽을 수 없습니다: {path}",
            "읽기 권한과 내용을 확인하세요. 지우면 키 없이 시작합니다.",
        ) from error
