"""The documents of the published index, read without the embedding model."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from api.text import shortened
from ingest.errors import InputError, NotFoundError, OperatorError
from ingest.records import Document, Passage
from retriever.generation import IndexFolder, unreadable
from retriever.passage_store import DocumentSummary, PassageStore

if TYPE_CHECKING:
    from retriever.search import Retriever

_MOST_NAMED = 5


@dataclass(frozen=True, slots=True)
class DocumentView:
    """One document with what was made of it."""

    summary: DocumentSummary
    document: Document
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class PassageView:
    """One passage with the title of its document and its neighbours there."""

    title: str
    passage: Passage
    before: Passage | None
    after: Passage | None


class Library:
    """Lists and shows documents.

    Each call reads the generation that answers questions then, so that both tell of the same
    documents; where none is open, the one that is published.

    Args:
        index_dir: folder of the generations.
        opened: gives what answers questions, or None where nothing does yet.
    """

    def __init__(
        self, index_dir: Path, opened: Callable[[], Retriever | None] = lambda: None
    ) -> None:
        self._folder = IndexFolder(index_dir)
        self._opened = opened

    def generation(self) -> str | None:
        """Return the name of the published generation, or None before the first."""
        return self._folder.current_name()

    def ids(self) -> set[str]:
        """Return the ids of all documents; none before the first index.

        Raises:
            OperatorError: ``index_unreadable``.
        """
        if self.generation() is None:
            return set()
        return {summary.id for summary in self.summaries()}

    def summaries(self) -> list[DocumentSummary]:
        """Return every document, in the order they were added.

        Raises:
            OperatorError: ``no_index`` or ``index_unreadable``.
        """
        with self._store() as store:
            return store.summaries()

    def view(self, document_id: str) -> DocumentView:
        """Return one document.

        Raises:
            NotFoundError: ``document_not_found``.
            OperatorError: ``no_index`` or ``index_unreadable``.
        """
        with self._store() as store:
            summary = {s.id: s for s in store.summaries()}.get(document_id)
            document = store.document(document_id) if summary else None
            if summary is None or document is None:
                raise document_not_found(document_id)
            return DocumentView(summary, document, tuple(store.passages_of(document_id)))

    def passage(self, passage_id: str) -> PassageView:
        """Return one passage.

        Raises:
            NotFoundError: ``passage_not_found``.
            OperatorError: ``no_index`` or ``index_unreadable``.
        """
        with self._store() as store:
            passage = store.passage(passage_id)
            document = store.document(passage.document_id) if passage else None
            if passage is None or document is None:
                raise NotFoundError(
                    "passage_not_found",
                    f"색인에 없는 단락입니다: {shortened(passage_id)}",
                    "검색이나 답의 인용에서 단락의 id를 확인하세요.",
                )
            before, after = (
                store.passage(near) if near else None
                for near in (passage.previous_id, passage.next_id)
            )
            return PassageView(document.title, passage, before, after)

    def resolve(self, names: Sequence[str]) -> list[str]:
        """Turn ids and the beginnings of ids into ids, each once.

        Raises:
            NotFoundError: ``document_not_found``.
            InputError: ``document_ambiguous`` where several ids begin alike.
            OperatorError: ``no_index`` or ``index_unreadable``.
        """
        if not names:
            return []
        ids = [summary.id for summary in self.summaries()]
        return list(dict.fromkeys(_match(name, ids) for name in names))

    @contextmanager
    def _store(self) -> Iterator[PassageStore]:
        retriever = self._opened()
        if retriever is not None:
            with _readable(retriever.generation):
                yield retriever.store
            return
        current = self._folder.current()
        if current is None:
            raise OperatorError(
                "no_index",
                "아직 색인이 없습니다.",
                "`geungeo ingest 문서폴더`로 문서를 먼저 넣으세요.",
            )
        with _readable(current.name), closing(PassageStore(current.passages)) as store:
            yield store


@contextmanager
def _readable(generation: str) -> Iterator[None]:
    try:
        yield
    except sqlite3.DatabaseError as error:
        raise unreadable(generation, "passages.sqlite") from error


def document_not_found(document_id: str) -> NotFoundError:
    """Return the error for an id that is not indexed."""
    return NotFoundError(
        "document_not_found",
        f"색인에 없는 문서입니다: {shortened(document_id)}",
        "문서 목록에서 id를 확인하세요.",
    )


def _match(name: str, ids: Sequence[str]) -> str:
    if name in ids:
        return name
    found = [i for i in ids if name and i.startswith(name)]
    if not found:
        raise document_not_found(name)
    if len(found) > 1:
        more = f" 외 {len(found) - _MOST_NAMED}개" if found[_MOST_NAMED:] else ""
        raise InputError(
            "document_ambiguous",
            f"id가 '{name}'부터 시작하는 문서가 여럿입니다: {', '.join(found[:_MOST_NAMED])}{more}",
            "id를 더 길게 적어 주세요.",
        )
    return found[0]
