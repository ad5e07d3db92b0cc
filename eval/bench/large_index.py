"""Retrieval from an index of 10,000 made-up passages: its speed, and nothing of its quality."""

from __future__ import annotations

import hashlib
import shutil
import time
from collections.abc import Callable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from eval.bench.errors import optional
from eval.bench.figure import Figure, Section
from eval.bench.interleave import alternate
from eval.bench.quantiles import p50, p95
from eval.bench.texts import recombined_reports, sentences_of
from eval.bench.workbench import TOP_K, Workbench
from ingest.load import load_bytes
from ingest.records import Document
from retriever.encoder_base import EncoderFingerprint, TokenEmbedding
from retriever.generation import IndexFolder
from retriever.indexing import update_index
from retriever.live_index import open_generation

_PASSAGES = 10_000
_QUICK_PASSAGES = 2_000
_PER_REPORT = 100
_ROUNDS = 4
_DIMENSION = 384
# Of Korean text, in the default model's tokens that are kept.
_CHARS_PER_TOKEN = 2


class RandomEncoder:
    """Gives each text a random unit vector of its own, always the same one."""

    fingerprint = EncoderFingerprint("무작위", _DIMENSION, "", "", 512, "random")

    def encode_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return random vectors, other than those of equal passages."""
        return self.encode_passages([f"?{text}" for text in texts])

    def encode_passages(
        self, texts: Sequence[str], *, progress: Callable[[int], None] | None = None
    ) -> NDArray[np.float32]:
        """Return random vectors."""
        vectors = np.stack([_random_vector(text) for text in texts])
        if progress is not None:
            progress(len(texts))
        return vectors

    def embed_query(self, text: str) -> TokenEmbedding:
        """Return random vectors, as many as the model would have tokens."""
        return self.embed_passages([f"?{text}"])[0]

    def embed_passages(self, texts: Sequence[str]) -> list[TokenEmbedding]:
        """Return random vectors, as many as the model would have tokens."""
        return [TokenEmbedding(_random_vector(text), _random_tokens(text)) for text in texts]


def measure(bench: Workbench) -> Section:
    """Build the index, and time searches without the embedding of the question."""
    wanted = _QUICK_PASSAGES if bench.options.quick else _PASSAGES
    encoder = RandomEncoder()
    data_dir = bench.folder / "large"
    bench.say(f"지어낸 단락 {wanted:,}개로 색인을 만듭니다")
    start = time.perf_counter()
    update = update_index(
        data_dir,
        add=list(_made_up(bench, wanted)),
        encoder=lambda: encoder,
        analyzer=bench.analyzer,
    )
    built = time.perf_counter() - start
    current = IndexFolder(data_dir / "index").current()
    assert current is not None  # noqa: S101 - just written
    retriever = open_generation(current, encoder, bench.analyzer)
    flat = _flat(update.passages)
    asked = [question.question for question in bench.questions]
    bench.say("큰 색인에서 번갈아 찾습니다")

    def ours(_turn: int) -> list[float]:
        return [retriever.search(q, top_k=TOP_K).timings_ms["retrieve"] for q in asked]

    def peer(_turn: int) -> list[float]:
        return [_timed(flat, vector) for vector in encoder.encode_queries(asked)]

    ours(0), peer(0)
    mine, theirs = alternate(bench.rounds(_ROUNDS), ours, peer)
    retriever.store.close()
    vectors = current.verify().counts["vectors"]
    shutil.rmtree(data_dir)
    return Section(
        title=f"단락 {update.passages:,}개에서 찾기",
        setup=(
            "속도만 재려고 지어낸 색인이며 검색 품질과는 관계가 없습니다. 단락은 `corpus/`의 문장을"
            " 무작위로 섞어 만들었고 벡터는 무작위 단위 벡터입니다. 질문을 임베딩하고 형태소를"
            f" 나누는 시간은 뺐습니다. 근거는 단락과 문장의 벡터 {vectors:,}개에서 찾고 형태소와"
            f" 두 글자 점수를 더해 합칩니다. 비교 대상은 벡터 {update.passages:,}개를"
            " FAISS IndexFlatIP로 찾기만 합니다."
        ),
        figures=(
            Figure("찾기 p50", "ms", tuple(map(p50, mine)), tuple(map(p50, theirs))),
            Figure("찾기 p95", "ms", tuple(map(p95, mine)), tuple(map(p95, theirs))),
            Figure("색인 만들기(임베딩 없이)", "초", (built,)),
        ),
        remarks=(
            "비교 대상은 가장 가까운 벡터의 번호를 찾는 데서 끝납니다. 근거는 벡터와 두 낱말 색인의"
            " 후보를 모아 문장마다 점수를 다시 매기고 단락의 글을 읽어 옵니다.",
        ),
    )


def _made_up(bench: Workbench, passages: int) -> Iterator[Document]:
    sentences = sorted({sentence.text for sentence in sentences_of(bench.documents)})
    reports = recombined_reports(sentences, passages=passages, per_report=_PER_REPORT, seed=7)
    for number, text in enumerate(reports):
        yield load_bytes(text.encode(), f"made-up-{number}.md")


def _random_vector(text: str) -> NDArray[np.float32]:
    seed = int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big")
    vector = np.random.default_rng(seed).standard_normal(_DIMENSION, dtype=np.float32)
    unit: NDArray[np.float32] = vector / np.linalg.norm(vector)
    return unit


def _random_tokens(text: str) -> NDArray[np.float32]:
    count = max(1, len(text) // _CHARS_PER_TOKEN)
    found = np.random.default_rng(len(text)).standard_normal((count, _DIMENSION), dtype=np.float32)
    unit: NDArray[np.float32] = found / np.linalg.norm(found, axis=1, keepdims=True)
    return unit


def _flat(rows: int) -> Callable[[NDArray[np.float32]], object]:
    """Return the search of a flat FAISS index of so many random vectors."""
    vectors = np.random.default_rng(7).standard_normal((rows, _DIMENSION), dtype=np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    index = optional("faiss").IndexFlatIP(_DIMENSION)
    index.add(vectors)
    return lambda vector: index.search(vector[np.newaxis, :], TOP_K)


def _timed(search: Callable[[NDArray[np.float32]], object], vector: NDArray[np.float32]) -> float:
    start = time.perf_counter()
    search(vector)
    return (time.perf_counter() - start) * 1000
