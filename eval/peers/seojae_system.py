"""seojae-mcp: Kiwi morphemes in SQLite's FTS5, behind the functions that its MCP tools call."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path, PurePosixPath
from typing import Any

from eval.bench.errors import CannotMeasureError
from eval.peers.system import Found, peer_module


class SeojaeSystem:
    """A library (root folder) with one shelf, the folder of the files."""

    def __init__(self) -> None:
        self._indexing = peer_module("seojae.index")
        self._searching = peer_module("seojae.search")
        # Its analyser loads at first use.
        peer_module("seojae.tokenizer").tokenize("준비합니다")
        self._connection: Any = None

    def index(self, files: Sequence[Path], _scratch: Path) -> int:
        """Index the folder of the files into the library's own database.

        Raises:
            CannotMeasureError: when it could not read one of the files.
        """
        root = files[0].parent.parent
        self._connection = self._indexing.open_db(root)
        stats = self._indexing.index_root(root, self._connection)
        if stats.failed:
            raise CannotMeasureError(f"seojae가 읽지 못한 파일이 있습니다: {stats.errors[0]}")
        return int(stats.chunks)

    def search(self, question: str, top_k: int) -> list[Found]:
        """Return the best chunks."""
        hits = self._searching.search(self._connection, question, top_k=top_k)
        return [Found(PurePosixPath(hit.source).name, hit.text) for hit in hits]
