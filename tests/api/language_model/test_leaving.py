"""Clients that leave while a language model writes: its server is left too, long before a limit."""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from tests.answer.generation.fake_server import FakeServer, Reply
from tests.api.conftest import Running, wait_until
from tests.api.language_model.asking import post
from tests.api.language_model.conftest import Serve
from tests.api.language_model.script import FAITHFUL, QUESTION, SHOWN

# Far beyond what a test waits for: nothing but the client's leaving ends the work.
_LIMIT_SECONDS = 300.0


@pytest.fixture(scope="module")
def patient(fake_model: FakeServer, serve: Serve) -> Iterator[Running]:
    """A server that waits for its model for as long as somebody waits for it."""
    yield from serve(
        fake_model.url,
        llm_first_token_seconds=_LIMIT_SECONDS,
        llm_timeout_seconds=_LIMIT_SECONDS,
    )


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
    "stuck": Reply(f"{FAITHFUL}\n", then="hang"),
    "writing on": Reply(f"{FAITHFUL}\n", then="on"),
}


@pytest.mark.parametrize("reply", REPLIES)
@pytest.mark.parametrize("asked", BODIES)
def test_the_models_server_is_left_with_the_client(
    patient: Running, fake_model: FakeServer, asked: str, reply: str
) -> None:
    check_left(patient, fake_model, *BODIES[asked], REPLIES[reply])


def test_a_rewriting_is_left_with_the_client(patient: Running, fake_model: FakeServer) -> None:
    history = [{"role": "user", "content": QUESTION}, {"role": "assistant", "content": SHOWN}]
    body = {"question": "그건 왜 설치했어?", "history": history}
    check_left(patient, fake_model, "/v1/ask", body, Reply("그 사방댐은", then="hang"))


def check_left(
    server: Running, fake: FakeServer, path: str, body: dict[str, Any], reply: Reply
) -> None:
    """Ask, leave once the model was asked, and see it left too and the next question answered."""
    fake.replies[:] = [reply]
    fake.requests.clear()
    fake.client_left.clear()
    with httpx.Client(base_url=server.client.base_url, timeout=0.5) as client:
        with pytest.raises(httpx.ReadTimeout), client.stream("POST", path, json=body) as response:
            for _ in response.iter_lines():
                wait_until(lambda: bool(fake.requests))
                raise httpx.ReadTimeout("enough read")
        wait_until(lambda: bool(fake.requests))
    wait_until(fake.client_left.is_set)
    wait_until(lambda: _pending(server) == 0)
    assert len(fake.requests) == 1
    fake.replies[:] = [Reply(FAITHFUL)]
    assert post(server)["answer"] == SHOWN


def _pending(server: Running) -> float:
    lines = server.client.get("/metrics").text.splitlines()
    (line,) = (line for line in lines if line.startswith("geungeo_queue_pending "))
    return float(line.split()[1])
