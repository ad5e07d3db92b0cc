"""Documents and passages of one index generation, in SQLite, read-only once written."""

from __future__ import annotations

import json
import sqlite3
import threading
import weakref
import zlib
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ingest.records import Block, BlockKind, Document, Passage, Sentence

_SCHEMA = """
CREATE TABLE documents (
    id TEXT PRIMARY KEY, ordinal INTEGER NOT NULL, title TEXT NOT NULL, source TEXT NOT NULL,
    sha256 TEXT NOT NULL, publisher TEXT, published TEXT, original_title TEXT,
    replaced_by TEXT, passages INTEGER NOT NULL,
    text TEXT NOT NULL, origins BLOB NOT NULL, blocks TEXT NOT NULL, locator TEXT NOT NULL
) STRICT;
CREATE TABLE passages (
    ordinal INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, document_id TEXT NOT NULL,
    position INTEGER NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL, text TEXT NOT NULL,
    heading_path TEXT NOT NULL, sentences TEXT NOT NULL, previous_id TEXT, next_id TEXT
) STRICT;
CREATE INDEX passages_of_document ON passages (document_id, position);
"""
_SUMMARY = "id, title, source, sha256, publisher, published, original_title, replaced_by, passages"
_PASSAGE = (
    "id, document_id, position, text, start, end, heading_path, sentences, previous_id, next_id"
)


@dataclass(frozen=True, slots=True)
class DocumentSummary:
    """A document without its text.

    Attributes:
        replaced_by: id of the original that is searched in place of this restatement, or None.
        passages: how many of its passages are searched.
    """

    id: str
    title: str
    source: str
    sha256: str
    publisher: str | None
    published: str | None
    original_title: str | None
    replaced_by: str | None
    passages: int


def write_store(
    path: Path,
    documents: Sequence[Document],
    passages: Sequence[Passage],
    replaced_by: dict[str, str],
) -> None:
    """Write a new store; the place of a passage in ``passages`` is its ordinal.

    Raises:
        sqlite3.Error: when the file cannot be written, on a full disk for one.
    """
    counts: dict[str, int] = {}
    for passage in passages:
        counts[passage.document_id] = counts.get(passage.document_id, 0) + 1
    connection = sqlite3.connect(path)
    try:
        with connection:
            connection.executescript(_SCHEMA)
            connection.executemany(
                f"INSERT INTO documents VALUES ({','.join('?' * 14)})",
                (
                    _document_row(i, d, replaced_by.get(d.id), counts.get(d.id, 0))
                    for i, d in enumerate(documents)
                ),
            )
            connection.executemany(
                f"INSERT INTO passages VALUES ({','.join('?' * 11)})",
                (_passage_row(i, passage) for i, passage in enumerate(passages)),
            )
    finally:
        connection.close()


class PassageStore:
    """Reads one store; safe to share between threads.

    Args:
        path: the file, which must not change while it is open.
    """

    def __init__(self, path: Path) -> None:
        uri = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
        self._connection = sqlite3.connect(uri, uri=True, check_same_thread=False)
        self._lock = threading.Lock()
        # The connection is part of a reference cycle of its own: without this a swept generation
        # keeps its disk space until the collector happens to run.
        weakref.finalize(self, self._connection.close)

    def close(self) -> None:
        """Release the file."""
        with self._lock:
            self._connection.close()

    def summaries(self) -> list[DocumentSummary]:
        """Return every document, in the order they were added."""
        rows = self._rows(f"SELECT {_SUMMARY} FROM documents ORDER BY ordinal")
        return [DocumentSummary(*row) for row in rows]

    def document(self, document_id: str) -> Document | None:
        """Return one whole document, or None where there is none of this id."""
        rows = self._rows(
            "SELECT id, title, source, sha256, text, origins, blocks, publisher, published,"
            " original_title, locator FROM documents WHERE id = ?",
            (document_id,),
        )
        return _document(rows[0]) if rows else None

    def passages_of(self, document_id: str) -> list[Passage]:
        """Return a document's passages in reading order."""
        rows = self._rows(
            f"SELECT {_PASSAGE} FROM passages WHERE document_id = ? ORDER BY position",
            (document_id,),
        )
        return [_passage(row) for row in rows]

    def passages(self, ordinals: Iterable[int]) -> list[Passage]:
        """Return passages by ordinal, in the order asked for.

        Raises:
            KeyError: when an ordinal is not in the store.
        """
        wanted = [int(i) for i in ordinals]
        rows = self._rows(
            f"SELECT ordinal, {_PASSAGE} FROM passages"
            " WHERE ordinal IN (SELECT value FROM json_each(?))",
            (json.dumps(wanted),),
        )
        found = {row[0]: _passage(row[1:]) for row in rows}
        return [found[i] for i in wanted]

    def passage(self, passage_id: str) -> Passage | None:
        """Return one passage by id, or None."""
        rows = self._rows(f"SELECT {_PASSAGE} FROM passages WHERE id = ?", (passage_id,))
        return _passage(rows[0]) if rows else None

    def _rows(self, sql: str, parameters: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
        with self._lock:
            return self._connection.execute(sql, parameters).fetchall()


def _document_row(
    ordinal: int, document: Document, replaced_by: str | None, passages: int
) -> tuple[Any, ...]:
    origins = zlib.compress(array("I", document.origins).tobytes())
    blocks = [
        [b.kind, b.level, b.marker, b.text, b.start, b.end, b.ancestors] for b in document.blocks
    ]
    return (
        document.id,
        ordinal,
        document.title,
        document.source,
        document.sha256,
        document.publisher,
        document.published,
        document.original_title,
        replaced_by,
        passages,
        document.text,
        origins,
        json.dumps(blocks, ensure_ascii=False),
        document.locator,
    )


def _document(row: tuple[Any, ...]) -> Document:
    origins = array("I")
    origins.frombytes(zlib.decompress(row[5]))
    blocks = tuple(
        Block(BlockKind(kind), level, marker, text, start, end, tuple(ancestors))
        for kind, level, marker, text, start, end, ancestors in json.loads(row[6])
    )
    names = ("id", "title", "source", "sha256", "text")
    later = ("publisher", "published", "original_title", "locator")
    plain = dict(zip(names, row[:5], strict=True)) | dict(zip(later, row[7:], strict=True))
    return Document(origins=tuple(origins), blocks=blocks, **plain)


def _passage_row(ordinal: int, passage: Passage) -> tuple[Any, ...]:
    sentences = [[s.start, s.end, s.text, s.kind, s.path] for s in passage.sentences]
    return (
        ordinal,
        passage.id,
        passage.document_id,
        passage.position,
        passage.start,
        passage.end,
        passage.text,
        json.dumps(passage.heading_path, ensure_ascii=False),
        json.dumps(sentences, ensure_ascii=False),
        passage.previous_id,
        passage.next_id,
    )


def _passage(row: tuple[Any, ...]) -> Passage:
    sentences = tuple(
        Sentence(start, end, text, BlockKind(kind), tuple(path))
        for start, end, text, kind, path in json.loads(row[7])
    )
    names = ("id", "document_id", "position", "text", "start", "end")
    return Passage(
        **dict(zip(names, row[:6], strict=True)),
        heading_path=tuple(json.loads(row[6])),
        sentences=sentences,
        previous_id=row[8],
        next_id=row[9],
    )
