"""The index that is served: opened once, and exchanged when a new generation is published."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from ingest.errors import OperatorError
from retriever.aliases import (
    OPERATOR_FILE,
    Alias,
    AliasTable,
    common_aliases,
    read_aliases,
    read_operator_aliases,
)
from retriever.analysis import KoreanAnalyzer
from retriever.colloquial import thesaurus
from retriever.compatibility import check_analysis, check_encoder
from retriever.dense import DenseIndex
from retriever.encoder_base import Encoder
from retriever.expansion import QueryExpander
from retriever.generation import GenerationFolder, IndexFolder, unreadable
from retriever.late_interaction import TokenIndex
from retriever.lexical import LexicalIndex
from retriever.passage_store import PassageStore
from retriever.rerank import Reranker
from retriever.search import Retriever
from retriever.signals import SignalIndexes
from retriever.term_table import TermTable

# More often than any document writes a name.
_MOST_SEEN = 1_000_000

# Stands for the generation that a damaged pointer does not name.
_NO_POINTER = ""


def open_generation(
    folder: GenerationFolder,
    encoder: Encoder,
    analyzer: KoreanAnalyzer,
    aliases: Sequence[Alias] = (),
    reranker: Reranker | None = None,
) -> Retriever:
    """Open one generation for searching, after checking it whole.

    Args:
        folder: the generation.
        encoder: checked against the one that it was built with.
        analyzer: checked likewise.
        aliases: the operator's, beside the learned and the built-in ones.
        reranker: where given, scores the best passages anew.

    Raises:
        OperatorError: ``index_unreadable``, ``index_outdated`` or ``model_mismatch``.
    """
    manifest = folder.verify()
    check_encoder(manifest, encoder)
    check_analysis(manifest, analyzer)
    try:
        return _retriever(folder, encoder, analyzer, aliases, reranker)
    except (OSError, sqlite3.Error, ValueError, TypeError) as error:
        raise unreadable(folder.name, "배열") from error


def _retriever(
    folder: GenerationFolder,
    encoder: Encoder,
    analyzer: KoreanAnalyzer,
    aliases: Sequence[Alias],
    reranker: Reranker | None,
) -> Retriever:
    indexes = SignalIndexes(
        morphemes=LexicalIndex.load(folder.morphemes),
        grams=LexicalIndex.load(folder.bigrams),
        dense=DenseIndex.load(folder.dense, np.load(folder.first_rows)),
        tokens=TokenIndex.load(folder.token_starts, folder.token_codes, folder.token_scales),
        sentence_terms=TermTable.load(folder.sentence_starts, folder.sentence_terms),
        context_terms=TermTable.load(folder.context_starts, folder.context_terms),
        sentence_forms=np.load(folder.sentence_forms),
    )
    return Retriever(
        generation=folder.name,
        store=PassageStore(folder.passages),
        indexes=indexes,
        passage_documents=np.load(folder.passage_documents),
        encoder=encoder,
        analyzer=analyzer,
        expander=QueryExpander(
            AliasTable([*read_aliases(folder.aliases), *common_aliases(), *_first(aliases)]),
            thesaurus(),
            analyzer,
            indexes.morphemes,
            indexes.grams,
        ),
        reranker=reranker,
    )


def _first(aliases: Sequence[Alias]) -> list[Alias]:
    """Let the operator's names come before any that documents explain."""
    return [replace(alias, count=_MOST_SEEN) for alias in aliases]


class LiveIndex:
    """Gives the retriever of the current generation.

    A generation that cannot be opened is reported once through ``on_failure`` and the one before
    goes on serving; without one before, the error is raised.

    Args:
        data_dir: ``$GEUNGEO_DATA_DIR``.
        encoder, analyzer: shared by all generations.
        on_failure: told of a published generation that could not be opened.
        reranker: where given, scores the best passages anew.
    """

    def __init__(
        self,
        data_dir: Path,
        encoder: Encoder,
        analyzer: KoreanAnalyzer,
        on_failure: Callable[[OperatorError], None] | None = None,
        *,
        reranker: Reranker | None = None,
    ) -> None:
        self._folder = IndexFolder(data_dir / "index")
        self._encoder = encoder
        self._analyzer = analyzer
        self._on_failure = on_failure
        self._operator_aliases = data_dir / OPERATOR_FILE
        self._reranker = reranker
        self._lock = threading.Lock()
        self._open: Retriever | None = None
        self._failed: str | None = None

    @property
    def generation_name(self) -> str | None:
        """Name of the generation that is open, or None."""
        return self._open.generation if self._open else None

    def current(self) -> Retriever:
        """Return the retriever of the published generation.

        Raises:
            OperatorError: ``no_index``, ``index_unreadable``, ``index_outdated`` or
                ``model_mismatch``, where no generation is open yet.
        """
        open_now = self._open
        try:
            published = self._folder.current_name()
        except OperatorError as error:
            if open_now is None:
                raise
            self._report(_NO_POINTER, error)
            return open_now
        if open_now is not None and published in (open_now.generation, self._failed):
            return open_now
        # One request opens the new generation; the others are answered by the one before.
        if not self._lock.acquire(blocking=open_now is None) and open_now is not None:
            return open_now
        try:
            return self._exchanged()
        finally:
            self._lock.release()

    def _report(self, generation: str, error: OperatorError) -> None:
        if self._failed != generation:
            self._failed = generation
            if self._on_failure is not None:
                self._on_failure(error)

    def close(self) -> None:
        """Let go of the open generation."""
        with self._lock:
            self._open = None

    def _exchanged(self) -> Retriever:
        folder = self._folder.current()
        if folder is None:
            if self._open is not None:
                return self._open
            raise OperatorError(
                "no_index",
                "아직 색인이 없습니다.",
                "`geungeo ingest 문서폴더`로 문서를 먼저 넣으세요.",
            )
        if self._open is not None and folder.name in (self._open.generation, self._failed):
            return self._open
        try:
            opened = open_generation(
                folder,
                self._encoder,
                self._analyzer,
                read_operator_aliases(self._operator_aliases),
                self._reranker,
            )
            if self._open is not None:
                opened.warm()
            # The one before closes its files when the last request that reads it is done.
            self._open = opened
            self._failed = None
        except OperatorError as error:
            if self._open is None:
                raise
            self._report(folder.name, error)
        return self._open
