"""Small documents and a data folder with the real encoder and analyser, for tests of the index."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ingest.load import load_bytes
from ingest.records import Document
from retriever.analysis import KoreanAnalyzer
from retriever.encoder_base import Encoder, TokenEmbedding
from retriever.indexing import IndexUpdate, update_index
from retriever.live_index import LiveIndex

TEA = "녹차 재배 보고서\n\n1. 재배 현황\n\n- 보성의 녹차 재배 면적은 1,050ha임\n- 하동은 2위임\n"
BEE = "양봉 산업 보고서\n\n1. 벌꿀 생산\n\n- 벌꿀 생산량은 2023년에 2만 7천 톤으로 늘어남\n"


def document(text: str, source: str = "보고서.txt", locator: str = "") -> Document:
    return replace(load_bytes(text.encode(), source), locator=locator)


class OtherModel:
    """The same vectors under another fingerprint."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self.fingerprint = replace(encoder.fingerprint, model="다른-모델", weights="0" * 16)

    def encode_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return self._encoder.encode_queries(texts)

    def encode_passages(self, texts: Sequence[str], **options: Any) -> NDArray[np.float32]:
        return self._encoder.encode_passages(texts, **options)

    def embed_query(self, text: str) -> TokenEmbedding:
        return self._encoder.embed_query(text)

    def embed_passages(self, texts: Sequence[str]) -> list[TokenEmbedding]:
        return self._encoder.embed_passages(texts)


class TokenlessModel(OtherModel):
    """A model that has no vectors for single tokens."""

    def embed_query(self, text: str) -> TokenEmbedding:
        return _without_tokens(super().embed_query(text))

    def embed_passages(self, texts: Sequence[str]) -> list[TokenEmbedding]:
        return [_without_tokens(found) for found in super().embed_passages(texts)]


def _without_tokens(found: TokenEmbedding) -> TokenEmbedding:
    return replace(found, tokens=found.tokens[:0])


class Desk:
    """One data folder with the real encoder and analyser."""

    def __init__(self, root: Path, encoder: Encoder, analyzer: KoreanAnalyzer) -> None:
        self.root = root
        self.encoder: Encoder = encoder
        self.analyzer = analyzer
        self.live = LiveIndex(root, encoder, analyzer)

    def update(self, *add: Document, **options: Any) -> IndexUpdate:
        encoder = options.pop("encoder", self.encoder)
        return update_index(
            self.root, add=add, encoder=lambda: encoder, analyzer=self.analyzer, **options
        )

    def best(self, query: str) -> str:
        return self.live.current().search(query).hits[0].passage.text
