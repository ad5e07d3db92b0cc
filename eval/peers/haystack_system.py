"""Haystack's BM25 in memory, with everything at its default."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from eval.peers.system import Found, peer_module


class HaystackSystem:
    """``DocumentSplitter``, ``InMemoryDocumentStore`` and ``InMemoryBM25Retriever``."""

    def __init__(self) -> None:
        self._haystack = peer_module("haystack")
        self._splitters = peer_module("haystack.components.preprocessors")
        self._stores = peer_module("haystack.document_stores.in_memory")
        self._retrievers = peer_module("haystack.components.retrievers.in_memory")
        self._retriever: Any = None

    def index(self, files: Sequence[Path], _scratch: Path) -> int:
        """Split files by the default of 200 words and keep them in memory."""
        documents = [
            self._haystack.Document(content=file.read_text("utf-8"), meta={"source": file.name})
            for file in files
        ]
        splitter = self._splitters.DocumentSplitter()
        store = self._stores.InMemoryDocumentStore()
        written: int = store.write_documents(splitter.run(documents=documents)["documents"])
        self._retriever = self._retrievers.InMemoryBM25Retriever(document_store=store)
        return written

    def search(self, question: str, top_k: int) -> list[Found]:
        """Return the best splits."""
        found = self._retriever.run(query=question, top_k=top_k)["documents"]
        return [Found(item.meta["source"], item.content) for item in found]
