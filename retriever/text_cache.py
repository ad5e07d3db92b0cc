"""What was computed from a text once, kept by content, so that only new text costs work."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np
from numpy.typing import NDArray

from retriever.token_codes import TokenCodes

_SCHEMA = (
    "CREATE TABLE IF NOT EXISTS vectors"
    " (encoder TEXT, text BLOB, vector BLOB NOT NULL, PRIMARY KEY (encoder, text)) WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS tokens"
    " (encoder TEXT, text BLOB, codes BLOB NOT NULL, PRIMARY KEY (encoder, text)) WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS terms"
    " (analysis TEXT, text BLOB, terms TEXT NOT NULL, PRIMARY KEY (analysis, text)) WITHOUT ROWID",
)
_SEPARATOR = "\x1f"  # no term holds a control character
_KEYS_PER_QUERY = 500  # well under SQLite's limit on bound values
_BUSY_SECONDS = 30.0
_PRIMARY_CODE = 0xFF  # SQLite keeps details of an error above its low byte
_DAMAGE_CODES = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


class TextCache:
    """Vectors, token vectors and search terms by their maker and text, in one SQLite file.

    A damaged file is set aside and begun anew, whenever the damage shows: the cache can always be
    recomputed.

    Args:
        path: the file; made where it is missing.
    """

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._path = path
        try:
            self._connection = _open(path)
        except sqlite3.DatabaseError as error:
            self._begin_anew(error)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._connection.close()

    def vectors(self, encoder: str, texts: Sequence[str]) -> dict[str, NDArray[np.float32]]:
        """Return the float32 vectors that are known, by text."""
        return {
            text: np.frombuffer(value, dtype=np.float32)
            for text, value in self._get("vectors", "encoder", "vector", encoder, texts)
            if isinstance(value, bytes)
        }

    def add_vectors(self, encoder: str, texts: Sequence[str], vectors: NDArray[np.float32]) -> None:
        """Keep one row of ``vectors`` (n, dimension) per text."""
        rows = ((t, np.ascontiguousarray(v).tobytes()) for t, v in zip(texts, vectors, strict=True))
        self._add("vectors", encoder, rows)

    def token_codes(self, encoder: str, texts: Sequence[str]) -> dict[str, TokenCodes]:
        """Return the rounded token vectors that are known, by text."""
        return {
            text: TokenCodes.from_bytes(value)
            for text, value in self._get("tokens", "encoder", "codes", encoder, texts)
            if isinstance(value, bytes)
        }

    def add_token_codes(
        self, encoder: str, texts: Sequence[str], codes: Sequence[TokenCodes]
    ) -> None:
        """Keep the rounded token vectors of each text."""
        rows = ((text, own.to_bytes()) for text, own in zip(texts, codes, strict=True))
        self._add("tokens", encoder, rows)

    def terms(self, analysis: str, texts: Sequence[str]) -> dict[str, list[str]]:
        """Return the search terms that are known, by text."""
        return {
            text: str(value).split(_SEPARATOR) if value else []
            for text, value in self._get("terms", "analysis", "terms", analysis, texts)
        }

    def add_terms(self, analysis: str, texts: Sequence[str], terms: Sequence[list[str]]) -> None:
        """Keep one list of terms per text."""
        rows = ((t, _SEPARATOR.join(found)) for t, found in zip(texts, terms, strict=True))
        self._add("terms", analysis, rows)

    def _get(
        self, table: str, maker: str, column: str, made_by: str, texts: Sequence[str]
    ) -> Iterable[tuple[str, bytes | str]]:
        by_key = {_key(text): text for text in texts}
        keys = list(by_key)
        for at in range(0, len(keys), _KEYS_PER_QUERY):
            part = keys[at : at + _KEYS_PER_QUERY]
            marks = ",".join("?" * len(part))
            try:
                found = self._connection.execute(
                    f"SELECT text, {column} FROM {table} WHERE {maker} = ? AND text IN ({marks})",
                    (made_by, *part),
                ).fetchall()
            except sqlite3.DatabaseError as error:
                self._begin_anew(error)
                return
            yield from ((by_key[key], value) for key, value in found)

    def _add(self, table: str, made_by: str, rows: Iterable[tuple[str, bytes | str]]) -> None:
        keyed = [(made_by, _key(text), value) for text, value in rows]
        try:
            self._insert(table, keyed)
        except sqlite3.DatabaseError as error:
            self._begin_anew(error)
            self._insert(table, keyed)

    def _insert(self, table: str, rows: Sequence[tuple[str, bytes, bytes | str]]) -> None:
        with self._connection:
            self._connection.executemany(f"INSERT OR REPLACE INTO {table} VALUES (?, ?, ?)", rows)

    def _begin_anew(self, error: sqlite3.DatabaseError) -> None:
        """Set a damaged file aside; any other error, a lock or a full disk, is raised again."""
        if (error.sqlite_errorcode & _PRIMARY_CODE) not in _DAMAGE_CODES:
            raise error
        if hasattr(self, "_connection"):
            self._connection.close()
        for suffix in ("-wal", "-shm"):
            self._path.with_name(self._path.name + suffix).unlink(missing_ok=True)
        self._path.replace(self._path.with_suffix(".damaged"))
        self._connection = _open(self._path)


def _open(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=_BUSY_SECONDS)
    try:
        connection.execute("PRAGMA journal_mode=WAL")
        with connection:
            for statement in _SCHEMA:
                connection.execute(statement)
    except sqlite3.DatabaseError:
        connection.close()
        raise
    return connection


def _key(text: str) -> bytes:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()
