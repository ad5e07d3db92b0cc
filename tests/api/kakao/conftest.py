"""A server with a skill, and the platform that calls it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from api.service import Service
from api.settings import Settings
from retriever.analysis import KoreanAnalyzer
from retriever.encoder import OpenVinoEncoder
from tests.api.conftest import Running, serving
from tests.api.kakao.platform import QUESTION, Platform, running_platform
from tests.api.kakao.slow_answer import Slow


@pytest.fixture
def platform() -> Iterator[Platform]:
    with running_platform() as made:
        yield made


@pytest.fixture(scope="package")
def skill_server(
    built: Path, encoder: OpenVinoEncoder, analyzer: KoreanAnalyzer
) -> Iterator[Running]:
    settings = Settings(
        data_dir=built,
        kakao_callback_hosts="127.0.0.1,kakao.com",
        public_url="https://geungeo.example.kr/",
        rate_limit="8/minute",
    )
    service = Service(settings, encoder=encoder, analyzer=analyzer)
    yield from serving(service)


@pytest.fixture
def slow(skill_server: Running, monkeypatch: pytest.MonkeyPatch) -> Iterator[Slow]:
    made = Slow(skill_server.service.answer(QUESTION))
    monkeypatch.setattr(skill_server.service, "stream", made)
    yield made
    made.go.set()
