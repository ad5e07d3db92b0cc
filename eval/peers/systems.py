"""The compared systems: what each is called, how it is set up, and how it is made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from eval.peers.system import System

if TYPE_CHECKING:
    from eval.bench.langchain_recipe import SentenceEmbeddings

TOP_K = 10
"""Items that are asked for, of every system."""


@dataclass(frozen=True, slots=True)
class Resources:
    """What systems are made of.

    Attributes:
        models_dir: where the embedding model is unpacked.
        threads: of models and analysers.
    """

    models_dir: Path
    threads: int


@dataclass(frozen=True, slots=True)
class SystemKind:
    """One system of the comparison.

    Attributes:
        label: its name in tables.
        setup: how it was set up, in Korean.
        packages: distributions that it stands on, whose versions are reported.
        make: loads its models.
        reports_only: left out where a document is about as short as one chunk.
    """

    label: str
    setup: str
    packages: tuple[str, ...]
    make: Callable[[Resources], System]
    reports_only: bool = False


def _geungeo(resources: Resources) -> System:
    from eval.peers.geungeo_system import GeungeoSystem
    from retriever.analysis import KoreanAnalyzer
    from retriever.encoder import load_encoder

    encoder = load_encoder(None, resources.models_dir, threads=resources.threads)
    return GeungeoSystem(encoder, KoreanAnalyzer())


def _dense(resources: Resources) -> System:
    from eval.peers.langchain_systems import LangChainSystem, Splitting, dense

    return LangChainSystem(Splitting(), dense(_embeddings(resources)), TOP_K)


def _dense_tutorial(resources: Resources) -> System:
    from eval.peers import langchain_systems as langchain

    splitting = langchain.Splitting(
        langchain.TUTORIAL_CHUNK_CHARS, langchain.TUTORIAL_OVERLAP_CHARS
    )
    make = langchain.dense(_embeddings(resources))
    return langchain.LangChainSystem(splitting, make, TOP_K)


def _bm25(_resources: Resources) -> System:
    from eval.peers.langchain_systems import LangChainSystem, Splitting, bm25

    return LangChainSystem(Splitting(), bm25(), TOP_K)


def _bm25_kiwi(resources: Resources) -> System:
    from eval.peers.langchain_systems import LangChainSystem, Splitting, bm25, kiwi_tokens

    return LangChainSystem(Splitting(), bm25(kiwi_tokens(resources.threads)), TOP_K)


def _ensemble(resources: Resources) -> System:
    from eval.peers import langchain_systems as langchain

    words = langchain.bm25(langchain.kiwi_tokens(resources.threads))
    make = langchain.ensemble(words, langchain.dense(_embeddings(resources)))
    return langchain.LangChainSystem(langchain.Splitting(), make, TOP_K)


def _embeddings(resources: Resources) -> SentenceEmbeddings:
    from eval.bench.langchain_recipe import SentenceEmbeddings
    from retriever.packaged_model import unpack_packaged_model

    return SentenceEmbeddings(unpack_packaged_model(resources.models_dir), resources.threads)


def _haystack(_resources: Resources) -> System:
    from eval.peers.haystack_system import HaystackSystem

    return HaystackSystem()


def _seojae(_resources: Resources) -> System:
    from eval.peers.seojae_system import SeojaeSystem

    return SeojaeSystem()


_DENSE = ("langchain-core", "langchain-text-splitters", "faiss-cpu", "sentence-transformers")
_WORDS = ("langchain-core", "langchain-text-splitters", "langchain-community", "rank-bm25")
OURS = "geungeo"
SYSTEMS = {
    OURS: SystemKind(
        "근거",
        "설치한 그대로의 `retriever.search.Retriever`. 색인은 디스크에 씁니다.",
        ("geungeo", "openvino", "faiss-cpu", "kiwipiepy"),
        _geungeo,
    ),
    "langchain-faiss": SystemKind(
        "LangChain FAISS",
        "RecursiveCharacterTextSplitter(600자, 60자 겹침), 같은 multilingual-e5-small을"
        " sentence-transformers로(query·passage 앞말 붙임), 평면 FAISS 색인(IndexFlatIP).",
        _DENSE,
        _dense,
    ),
    "langchain-faiss-1000": SystemKind(
        "LangChain FAISS, 1000자",
        "위와 같고, 나누기만 LangChain 길잡이 문서의 값(1000자, 200자 겹침). 지문이 짧으면 나뉘는"
        " 곳이 거의 같으므로 보고서에서만 잽니다.",
        _DENSE,
        _dense_tutorial,
        reports_only=True,
    ),
    "langchain-bm25": SystemKind(
        "LangChain BM25, 기본",
        "600자 조각 위의 BM25Retriever 기본값(공백으로 나눈 어절).",
        _WORDS,
        _bm25,
    ),
    "langchain-bm25-kiwi": SystemKind(
        "LangChain BM25, Kiwi",
        "위와 같고, `preprocess_func`로 Kiwi의 실질 형태소(체언, 용언, 부사, 외국어, 숫자)를 넘김.",
        (*_WORDS, "kiwipiepy"),
        _bm25_kiwi,
    ),
    "langchain-ensemble": SystemKind(
        "LangChain Ensemble",
        "EnsembleRetriever 기본값(RRF, 무게 0.5·0.5)으로 Kiwi BM25와 FAISS를 합침.",
        (*_WORDS, "kiwipiepy", "langchain-classic", *_DENSE[2:]),
        _ensemble,
    ),
    "haystack-bm25": SystemKind(
        "Haystack BM25",
        "DocumentSplitter(200단어)와 InMemoryBM25Retriever의 기본값. 기본 토크나이저는 한글을"
        " 한 글자씩 나눕니다.",
        ("haystack-ai",),
        _haystack,
    ),
    "seojae": SystemKind(
        "서재(seojae-mcp)",
        "문서 폴더를 책장 하나로 두고, MCP 도구가 쓰는 함수로 색인하고 찾음"
        "(Kiwi 형태소, SQLite FTS5의 BM25).",
        ("seojae-mcp", "kiwipiepy"),
        _seojae,
    ),
}
