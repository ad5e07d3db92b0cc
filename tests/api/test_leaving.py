"""Clients that leave while a language model writes: its server is left too, long before a limit."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from api.service import Service
from api.settings import Settings
from retriever.analysis import KoreanAnalyzer
from retriever.encoder import OpenVinoEncoder
from tests.answer.generation.fake_server import FakeServer, Reply, running_fake
from tests.api.conftest import Running, serving, wait_until

QUESTION = "산불 피해 지역에 설치한 사방댐은 몇 개인가요?"
TRUE = "피해 지역의 토양 유실을 막기 위해 사방댐 88개를 설치했습니다 [1].\n"
# Far beyond what a test waits for: nothing but the client's leaving ends the work.
_LIMIT_SECONDS = 300.0


@pytest.fixture(scope="module")
def fake() -> Iterator[FakeServer]:
    with running_fake() as running:
        yield running


@pytest.fixture(scope="module")
def writing(
    fake: FakeServer, built: Path, encoder: OpenVinoEncoder, analyzer: KoreanAnalyzer
) -> Iterator[Running]:
    """A server over a language model that takes its time."""
    settings = Settings(
        data_dir=built,
        llm="openai:m",
        llm_base_url=fake.url,
        llm_retries=0,
        llm_first_token_seconds=_LIMIT_SECONDS,
        llm_timeout_seconds=_LIMIT_SECONDS,
    )
    yield from serving(Service(settings, encoder=encoder, analyzer=analyzer))


BODIES: dict[str, tuple[str, dict[str, Any]]] = {
    "ask": ("/v1/ask", {"question": QUESTION}),
    "ask streamed": ("/v1/ask", {"question": QUESTION, "stream": True}),
    "chat": ("/v1/chat/completions", {"messages": [{"role": "user", "content": QUESTION}]}),
    "chat streamed": (
        "/v1/chat/completions",
        {"messages": [{"role": "user", "content": QUESTION}], "stream": True},
    ),
}
REPLIES = {
    "silent": Reply(then="hang"),
    "stuck": Reply(TRUE, then="hang"),
    "writing on": Reply(TRUE, then="on"),
}


@pytest.mark.parametrize("reply", REPLIES)
@pytest.mark.parametrize("asked", BODIES)
def test_the_models_server_is_left_with_the_client(
    writing: Running, fake: FakeServer, asked: str, reply: str
) -> None:
    fake.replies[:] = [REPLIES[reply]]
    fake.requests.clear()
    fake.client_left.clear()
    path, body = BODIES[asked]
    with httpx.Client(base_url=writing.client.base_url, timeout=0.5) as client:
        with pytest.raises(httpx.ReadTimeout), client.stream("POST", path, json=body) as response:
            for _ in response.iter_lines():
                wait_until(lambda: bool(fake.requests))
                raise httpx.ReadTimeout("enough read")
        wait_until(lambda: bool(fake.requests))
    wait_until(fake.client_left.is_set)
    wait_until(lambda: _pending(writing) == 0)


def _pending(server: Running) -> float:
    lines = server.client.get("/metrics").text.splitlines()
    (line,) = (line for line in lines if line.startswith("geungeo_queue_pending "))
    return float(line.split()[1])
