"""The peer: LangChain's usual recipe over the same model.

Recursive splitting, sentence-transformers on PyTorch, a flat FAISS index and the chunks beside it.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from langchain_core.documents import Document
from langchain_core.embeddings import Embeddings
from numpy.typing import NDArray

from eval.bench.errors import optional

# A usual size, with the overlap of a tenth that tutorials use.
CHUNK_CHARS = 600
OVERLAP_CHARS = 60
_INDEX, _CHUNKS = "index.faiss", "chunks.json"


class SentenceEmbeddings(Embeddings):
    """A sentence-transformers model behind LangChain's interface, at the library's defaults.

    Args:
        folder: the model.
        threads: of PyTorch.
    """

    def __init__(self, folder: Path, threads: int) -> None:
        import torch
        from sentence_transformers import SentenceTransformer

        torch.set_num_threads(threads)
        self._model = SentenceTransformer(str(folder), device="cpu", local_files_only=True)

    def encode(self, texts: Sequence[str], prompt: str) -> NDArray[np.float32]:
        """Embed texts behind the model's own prompt of that name."""
        found = self._model.encode(
            list(texts), prompt_name=prompt, normalize_embeddings=True, show_progress_bar=False
        )
        return np.asarray(found, dtype=np.float32)

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Embed passages."""
        vectors: list[list[float]] = self.encode(texts, "passage").tolist()
        return vectors

    def embed_query(self, text: str) -> list[float]:
        """Embed a question."""
        vector: list[float] = self.encode([text], "query")[0].tolist()
        return vector


class Recipe:
    """Chunks in a flat FAISS index.

    Args:
        embeddings: the model.
    """

    def __init__(self, embeddings: SentenceEmbeddings) -> None:
        self._embeddings = embeddings
        self._splitter = optional("langchain_text_splitters").RecursiveCharacterTextSplitter(
            chunk_size=CHUNK_CHARS, chunk_overlap=OVERLAP_CHARS
        )
        self._index: Any = None
        self.chunks: list[Document] = []

    def add_files(self, files: Sequence[Path]) -> int:
        """Read, split, embed and index files; return how many chunks they gave."""
        documents = [
            Document(page_content=path.read_text("utf-8"), metadata={"source": path.name})
            for path in files
        ]
        chunks: list[Document] = self._splitter.split_documents(documents)
        vectors = np.array(
            self._embeddings.embed_documents([chunk.page_content for chunk in chunks]),
            dtype=np.float32,
        )
        if self._index is None:
            self._index = optional("faiss").IndexFlatIP(vectors.shape[1])
        self._index.add(vectors)
        self.chunks.extend(chunks)
        return len(chunks)

    def save(self, folder: Path) -> None:
        """Write the index and the chunks."""
        folder.mkdir(parents=True, exist_ok=True)
        optional("faiss").write_index(self._index, str(folder / _INDEX))
        rows = [[chunk.page_content, chunk.metadata] for chunk in self.chunks]
        (folder / _CHUNKS).write_text(json.dumps(rows, ensure_ascii=False), encoding="utf-8")

    def open(self, folder: Path) -> None:
        """Read what ``save`` wrote."""
        self._index = optional("faiss").read_index(str(folder / _INDEX))
        rows = json.loads((folder / _CHUNKS).read_text("utf-8"))
        self.chunks = [Document(page_content=text, metadata=about) for text, about in rows]

    def search(self, question: str, top_k: int) -> list[Document]:
        """Return the chunks nearest to a question."""
        vector = np.array([self._embeddings.embed_query(question)], dtype=np.float32)
        _, found = self._index.search(vector, top_k)
        return [self.chunks[row] for row in found[0] if row >= 0]
