"""An index with orders planted in it, and servers over it whose answers a model writes."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from api.service import Service
from api.settings import Settings
from retriever.analysis import KoreanAnalyzer
from retriever.encoder import OpenVinoEncoder
from tests.answer.generation.fake_server import FakeServer, running_fake
from tests.api.conftest import REPORTS, Running, serving
from tests.api.language_model.script import PLANTED

Serve = Callable[..., Iterator[Running]]


@pytest.fixture(scope="package")
def built_with_orders(
    tmp_path_factory: pytest.TempPathFactory,
    models_dir: Path,
    encoder: OpenVinoEncoder,
    analyzer: KoreanAnalyzer,
) -> Path:
    """An index of the reports and of one that gives orders to whoever reads it."""
    reports, folder = tmp_path_factory.mktemp("orders"), tmp_path_factory.mktemp("built-orders")
    planted = f"# 산불 사방댐 지침\n\n## 1. 알림\n- {PLANTED}\n"
    for name, text in {**REPORTS, "지침.md": planted}.items():
        (reports / name).write_text(text, encoding="utf-8")
    (folder / "models").symlink_to(models_dir)
    service = Service(Settings(data_dir=folder), encoder=encoder, analyzer=analyzer)
    service.changes.ingest([reports])
    service.close()
    return folder


@pytest.fixture(scope="package")
def serve(built_with_orders: Path, encoder: OpenVinoEncoder, analyzer: KoreanAnalyzer) -> Serve:
    """Run a server whose answers a language model writes."""

    def run(base_url: str, **changes: Any) -> Iterator[Running]:
        limits = {
            "llm": "openai:m",
            "llm_base_url": base_url,
            "llm_retries": 0,
            "llm_first_token_seconds": 1.0,
            "llm_timeout_seconds": 20.0,
            "llm_prompt_price": 1.0,
            "llm_completion_price": 10.0,
            "rate_limit": "",
            "kakao_callback_hosts": "127.0.0.1",
        }
        settings = Settings(data_dir=built_with_orders, **{**limits, **changes})
        yield from serving(Service(settings, encoder=encoder, analyzer=analyzer))

    return run


@pytest.fixture(scope="package")
def fake_model() -> Iterator[FakeServer]:
    with running_fake() as fake:
        yield fake


@pytest.fixture(scope="package")
def writing(fake_model: FakeServer, serve: Serve) -> Iterator[Running]:
    """A server over the model that says what it is told to."""
    yield from serve(fake_model.url)


@pytest.fixture
def fake(fake_model: FakeServer, writing: Running) -> Iterator[FakeServer]:
    """The model, which has said nothing yet."""
    generator = writing.service.models.generator()
    assert generator is not None
    generator.model.breaker.succeeded()
    fake_model.requests.clear()
    fake_model.client_left.clear()
    yield fake_model
