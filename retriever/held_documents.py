"""The documents that an index holds, also when the index itself is damaged."""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.errors import OperatorError
from ingest.records import Document
from retriever.generation import GenerationFolder, IndexFolder, Manifest, unreadable
from retriever.passage_store import PassageStore

# What reading a damaged store raises, from SQLite down to a field that does not parse.
_DAMAGE = (sqlite3.Error, zlib.error, ValueError, TypeError, OSError)


@dataclass(frozen=True, slots=True)
class Held:
    """Documents to build on.

    Attributes:
        documents: in the order they were added.
        manifest: of the current generation, or None before the first and for a rebuild.
        recovered_from: the older generation they come from because the current one cannot be
            read, or None.
    """

    documents: tuple[Document, ...]
    manifest: Manifest | None
    recovered_from: str | None = None


def held_documents(folder: IndexFolder, *, rebuild: bool) -> Held:
    """Return what the index holds now.

    A rebuild takes the documents of the newest generation whose store is whole, and none where
    there is no such generation, so that it mends any damage.

    Raises:
        OperatorError: ``index_unreadable`` or ``index_outdated``, unless it is a rebuild.
    """
    if rebuild:
        return _salvaged(folder)
    current = folder.current()
    if current is None:
        return Held((), None)
    manifest = current.verify()
    try:
        return Held(_read(current), manifest)
    except _DAMAGE as error:
        raise unreadable(current.name, current.passages.name) from error


def _salvaged(folder: IndexFolder) -> Held:
    try:
        current = folder.current_name()
    except OperatorError:
        current = None
    for generation in _newest_first(folder, current):
        try:
            if generation.is_intact(generation.passages):
                older = None if generation.name == current else generation.name
                return Held(_read(generation), None, older)
        except _DAMAGE:
            continue
    return Held((), None)


def _newest_first(folder: IndexFolder, current: str | None) -> Iterator[GenerationFolder]:
    names = folder.names()
    if current in names:
        yield GenerationFolder(folder.root / current)
    yield from (GenerationFolder(folder.root / n) for n in reversed(names) if n != current)


def _read(generation: GenerationFolder) -> tuple[Document, ...]:
    store = PassageStore(generation.passages)
    try:
        found = (store.document(summary.id) for summary in store.summaries())
        return tuple(document for document in found if document is not None)
    finally:
        store.close()
