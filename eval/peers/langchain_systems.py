"""LangChain's usual recipes: vectors, words, and both in an ensemble."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict

from eval.bench.errors import optional
from eval.bench.langchain_recipe import CHUNK_CHARS, OVERLAP_CHARS, SentenceEmbeddings
from eval.peers.system import Found, peer_module

# What LangChain's own tutorials split with.
TUTORIAL_CHUNK_CHARS, TUTORIAL_OVERLAP_CHARS = 1000, 200
# EnsembleRetriever weighs its retrievers equally unless told otherwise.
_EQUAL_WEIGHTS = (0.5, 0.5)
# Nouns, pronouns, numbers, verbs, adjectives, adverbs, roots, and foreign writing.
_CONTENT_TAGS = ("NN", "NP", "NR", "SN", "VV", "VA", "MA", "XR", "SL", "SH")

MakeRetriever = Callable[[list[Document], int], BaseRetriever]
"""Chunks and how many of them to find, to a retriever over them."""


@dataclass(frozen=True, slots=True)
class Splitting:
    """Size of chunks and how much neighbours share, in characters."""

    chunk_chars: int = CHUNK_CHARS
    overlap_chars: int = OVERLAP_CHARS

    def split(self, files: Sequence[Path]) -> list[Document]:
        """Read and split files."""
        splitter = optional("langchain_text_splitters").RecursiveCharacterTextSplitter(
            chunk_size=self.chunk_chars, chunk_overlap=self.overlap_chars
        )
        documents = [
            Document(page_content=file.read_text("utf-8"), metadata={"source": file.name})
            for file in files
        ]
        chunks: list[Document] = splitter.split_documents(documents)
        return chunks


class FlatRetriever(BaseRetriever):
    """Nearest chunks by inner product in a flat FAISS index."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    embeddings: SentenceEmbeddings
    index: Any
    chunks: list[Document]
    k: int

    @classmethod
    def over(cls, chunks: list[Document], embeddings: SentenceEmbeddings, k: int) -> FlatRetriever:
        """Embed and index chunks."""
        texts = [chunk.page_content for chunk in chunks]
        vectors = np.array(embeddings.embed_documents(texts), dtype=np.float32)
        index = optional("faiss").IndexFlatIP(vectors.shape[1])
        index.add(vectors)
        return cls(embeddings=embeddings, index=index, chunks=chunks, k=k)

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun
    ) -> list[Document]:
        vector = np.array([self.embeddings.embed_query(query)], dtype=np.float32)
        _, rows = self.index.search(vector, self.k)
        return [self.chunks[row] for row in rows[0] if row >= 0]


class LangChainSystem:
    """Chunks of a splitter behind any LangChain retriever.

    Args:
        splitting: of the files.
        make: builds the retriever.
        top_k: how many items it finds; LangChain's retrievers fix it when they are made.
    """

    def __init__(self, splitting: Splitting, make: MakeRetriever, top_k: int) -> None:
        self._splitting = splitting
        self._make = make
        self._top_k = top_k
        self._retriever: BaseRetriever | None = None

    def index(self, files: Sequence[Path], _scratch: Path) -> int:
        """Split and index files in memory."""
        chunks = self._splitting.split(files)
        self._retriever = self._make(chunks, self._top_k)
        return len(chunks)

    def search(self, question: str, top_k: int) -> list[Found]:
        """Return the first ``top_k`` that the retriever finds.

        Raises:
            ValueError: before anything is indexed.
        """
        if self._retriever is None:
            raise ValueError("nothing is indexed")
        found = self._retriever.invoke(question)[:top_k]
        return [Found(item.metadata["source"], item.page_content) for item in found]


def dense(embeddings: SentenceEmbeddings) -> MakeRetriever:
    """Return how to build vectors in FAISS."""
    embeddings.embed_query("준비")
    return lambda chunks, k: FlatRetriever.over(chunks, embeddings, k)


def bm25(tokens: Callable[[str], list[str]] | None = None) -> MakeRetriever:
    """Return how to build ``BM25Retriever``: over white space unless ``tokens`` are given.

    Raises:
        CannotMeasureError: where the ``peers`` extra is not installed.
    """
    peer_module("rank_bm25")
    library = peer_module("langchain_community.retrievers")
    how = {} if tokens is None else {"preprocess_func": tokens}

    def make(chunks: list[Document], k: int) -> BaseRetriever:
        retriever: BaseRetriever = library.BM25Retriever.from_documents(chunks, k=k, **how)
        return retriever

    return make


def ensemble(first: MakeRetriever, second: MakeRetriever) -> MakeRetriever:
    """Return how to join two in ``EnsembleRetriever`` at its defaults: RRF, equal weights.

    Raises:
        CannotMeasureError: where the ``peers`` extra is not installed.
    """
    library = peer_module("langchain_classic.retrievers")

    def make(chunks: list[Document], k: int) -> BaseRetriever:
        retriever: BaseRetriever = library.EnsembleRetriever(
            retrievers=[first(chunks, k), second(chunks, k)], weights=list(_EQUAL_WEIGHTS)
        )
        return retriever

    return make


def kiwi_tokens(threads: int) -> Callable[[str], list[str]]:
    """Return a tokeniser that gives the content morphemes that Kiwi finds.

    All morphemes, as some tutorials take them, do worse: hit@1 .403 against .533 on 400 ``tune``
    questions of TyDi QA, because ``rank_bm25`` gives particles a weight too.
    """
    from kiwipiepy import Kiwi

    kiwi = Kiwi(num_workers=threads)
    kiwi.tokenize("준비합니다")
    return lambda text: [t.form for t in kiwi.tokenize(text) if t.tag.startswith(_CONTENT_TAGS)]
