"""Opinions on answers, in one SQLite file."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from pydantic import TypeAdapter

from api.answer.masking import mask_personal
from api.text import printable
from retriever.generation import disk_errors

MOST_KEPT = 20_000
"""Opinions; at most a few kilobytes each in practice. The oldest go first."""

_SCHEMA = (
    "CREATE TABLE IF NOT EXISTS feedback (number INTEGER PRIMARY KEY AUTOINCREMENT,"
    " created TEXT NOT NULL, request_id TEXT NOT NULL, opinion TEXT NOT NULL)"
)
_BUSY_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class Quoted:
    """Words of a document that an answer rested on."""

    document_id: str
    quote: str


@dataclass(frozen=True, slots=True)
class Opinion:
    """What somebody thinks of an answer.

    Attributes:
        request_id: of the answer.
        rating: good or bad.
        comment, question, answer, expected: what the client told beside it.
        citations: of the answer.
    """

    request_id: str
    rating: Literal["up", "down"]
    comment: str | None = None
    question: str | None = None
    answer: str | None = None
    expected: str | None = None
    citations: tuple[Quoted, ...] = ()


@dataclass(frozen=True, slots=True)
class Kept:
    """An opinion with its number and the moment it came."""

    number: int
    created: datetime
    opinion: Opinion


_OPINION = TypeAdapter(Opinion)


class FeedbackStore:
    """Keeps opinions; safe to use from many threads and processes.

    Args:
        data_dir: ``$GEUNGEO_DATA_DIR``; the file is made with the first opinion.
        clock: gives the moment in UTC.
    """

    def __init__(
        self, data_dir: Path, clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    ) -> None:
        self._path = data_dir / "feedback.sqlite"
        self._clock = clock

    def add(self, opinion: Opinion) -> int:
        """Keep an opinion and return its number.

        Raises:
            OperatorError: ``disk_full`` or ``data_dir_unwritable``.
        """
        with disk_errors():
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with self._open() as connection, connection:
                connection.execute(_SCHEMA)
                number = connection.execute(
                    "INSERT INTO feedback (created, request_id, opinion) VALUES (?, ?, ?)",
                    (
                        self._clock().isoformat(timespec="seconds"),
                        opinion.request_id,
                        _OPINION.dump_json(_shown(opinion)).decode(),
                    ),
                ).lastrowid
                assert number is not None  # noqa: S101 - a row was inserted
                connection.execute("DELETE FROM feedback WHERE number <= ?", (number - MOST_KEPT,))
        return number

    def all(self) -> list[Kept]:
        """Return the last opinion on each answer, oldest first."""
        if not self._path.exists():
            return []
        with self._open() as connection:
            rows = connection.execute(
                "SELECT number, created, opinion FROM feedback WHERE number IN"
                " (SELECT max(number) FROM feedback GROUP BY request_id) ORDER BY number"
            )
            return [
                Kept(number, datetime.fromisoformat(created), _OPINION.validate_json(opinion))
                for number, created, opinion in rows
            ]

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        with closing(sqlite3.connect(self._path, timeout=_BUSY_SECONDS)) as connection:
            connection.execute("PRAGMA journal_mode=WAL")
            yield connection


def _shown(opinion: Opinion) -> Opinion:
    """Take out what could command a terminal or tell who somebody is, before it is kept."""

    def clean(text: str | None) -> str | None:
        return (mask_personal(printable(text)).strip() or None) if text else None

    return Opinion(
        request_id=opinion.request_id,
        rating=opinion.rating,
        comment=clean(opinion.comment),
        question=clean(opinion.question),
        answer=clean(opinion.answer),
        expected=clean(opinion.expected),
        citations=tuple(
            Quoted(printable(c.document_id), printable(c.quote)) for c in opinion.citations
        ),
    )
