"""Which documents an index holds after an ingestion, and what that changes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.errors import NotFoundError
from ingest.records import Document
from retriever.folding import fold


@dataclass(frozen=True, slots=True)
class Merge:
    """The documents to index and how they came about.

    Attributes:
        documents: all of them, oldest first.
        added, updated, unchanged, removed: titles.
    """

    documents: tuple[Document, ...]
    added: tuple[str, ...]
    updated: tuple[str, ...]
    unchanged: tuple[str, ...]
    removed: tuple[str, ...]

    @property
    def changed(self) -> bool:
        """Whether anything is not as it was."""
        return bool(self.added or self.updated or self.removed)


def merge(held: Sequence[Document], add: Sequence[Document], remove: Sequence[str]) -> Merge:
    """Return the documents after removing ids and adding documents.

    A document of the same id (the same words) is unchanged. One read from the same place with
    other words takes the place of its older version.

    Raises:
        NotFoundError: ``document_not_found`` for an id to remove that is not held.
    """
    kept = {document.id: document for document in held}
    removed = []
    for document_id in remove:
        if document_id not in kept:
            raise NotFoundError(
                "document_not_found",
                f"색인에 없는 문서입니다: {document_id}",
                "문서 목록(`geungeo docs list`)에서 id를 확인하세요.",
            )
        removed.append(kept.pop(document_id).title)
    added: list[str] = []
    updated: list[str] = []
    unchanged: list[str] = []
    for document in add:
        if document.id in kept:
            unchanged.append(document.title)
            continue
        older = _at_same_place(document, list(kept.values()))
        for stale in older:
            del kept[stale.id]
        (updated if older else added).append(document.title)
        kept[document.id] = document
    return Merge(
        tuple(kept.values()), tuple(added), tuple(updated), tuple(unchanged), tuple(removed)
    )


def replacements(documents: Sequence[Document]) -> dict[str, str]:
    """Return, by id of each restatement, the id of the original that is held as well.

    An original speaks for itself: it is searched in place of what restates it.
    """
    originals = {_title_key(d.title): d.id for d in documents if d.original_title is None}
    found = {}
    for document in documents:
        if document.original_title is not None:
            original = originals.get(_title_key(document.original_title))
            if original is not None:
                found[document.id] = original
    return found


def _at_same_place(document: Document, kept: Sequence[Document]) -> list[Document]:
    if not document.locator:
        return []
    return [other for other in kept if other.locator == document.locator]


def _title_key(title: str) -> str:
    return re.sub(r"\W", "", fold(title))
