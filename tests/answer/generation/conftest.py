from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from langchain_core.language_models import FakeListChatModel

from api.answer.generation.chat_model import load_chat_model
from api.answer.generation.circuit_breaker import CircuitBreaker
from api.answer.generation.language_model import LanguageModel
from api.answer.generation.model_settings import ModelSettings
from api.answer.grounding.grounder import Grounder
from api.answer.grounding.source import Source
from ingest.records import BlockKind, Passage, Sentence
from retriever.analysis import KoreanAnalyzer
from retriever.encoder_base import Encoder
from tests.answer.generation.fake_server import FakeServer, running_fake


@pytest.fixture
def fake() -> Iterator[FakeServer]:
    """A server that does as it is told."""
    with running_fake() as server:
        yield server


def source(marker: int, text: str, path: Sequence[str] = ("수질", "현황")) -> Source:
    """A numbered passage of one sentence."""
    whole = Sentence(0, len(text), text, BlockKind.BULLET, tuple(path))
    passage = Passage(f"p{marker}", "d1", marker, text, 0, len(text), tuple(path), (whole,))
    return Source(marker, "한강 수질 보고서", passage)


SOURCES = [
    source(1, "한강의 평균 수온은 2023년에 14.2도로 측정됨"),
    source(2, "조류 경보는 모두 17회 발령되었으며 대부분 8월에 집중됨"),
]


def model_of(url: str, breaker: CircuitBreaker | None = None, **changes: Any) -> LanguageModel:
    """A language model behind a server."""
    settings = ModelSettings(name="openai:m", base_url=url, **changes)
    return LanguageModel(load_chat_model(settings), settings, breaker)


def scripted(*replies: str, **changes: Any) -> LanguageModel:
    """A language model that says what it is told to, a character at a time."""
    settings = ModelSettings(name="scripted:1", **changes)
    return LanguageModel(FakeListChatModel(responses=list(replies)), settings)


@pytest.fixture(scope="session")
def grounder(encoder: Encoder) -> Grounder:
    """The real check of sentences."""
    return Grounder(KoreanAnalyzer(), encoder)
