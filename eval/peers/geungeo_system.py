"""Ours, as it is installed: no constant is set here."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from eval.peers.system import Found
from ingest.errors import OperatorError
from ingest.load import load
from retriever.analysis import KoreanAnalyzer
from retriever.encoder_base import Encoder
from retriever.indexing import update_index
from retriever.live_index import LiveIndex
from retriever.search import Retriever


class GeungeoSystem:
    """The retriever that the service uses.

    Args:
        encoder: the embedding model.
        analyzer: the Korean analyser.
    """

    def __init__(self, encoder: Encoder, analyzer: KoreanAnalyzer) -> None:
        self._encoder = encoder
        self._analyzer = analyzer
        self._retriever: Retriever | None = None
        encoder.encode_queries(["준비"])
        analyzer.morphemes(["준비합니다"])

    def index(self, files: Sequence[Path], scratch: Path) -> int:
        """Build an index on disk and open it."""
        update = update_index(
            scratch,
            add=[load(file) for file in files],
            encoder=lambda: self._encoder,
            analyzer=self._analyzer,
        )
        self._retriever = LiveIndex(scratch, self._encoder, self._analyzer).current()
        return update.passages

    def search(self, question: str, top_k: int) -> list[Found]:
        """Return the best passages.

        Raises:
            OperatorError: ``no_index`` before anything is indexed.
        """
        if self._retriever is None:
            raise OperatorError("no_index", "아직 색인이 없습니다.", "먼저 색인하세요.")
        hits = self._retriever.search(question, top_k=top_k).hits
        return [Found(hit.document.source, hit.passage.text) for hit in hits]
