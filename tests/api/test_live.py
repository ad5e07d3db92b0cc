"""A server while things change: starting, without an index, and during an ingestion."""

import asyncio
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from api.app import ANSWERING_THREADS, QUEUE_LENGTH
from api.service import Service
from api.settings import Settings
from api.warmup import Warmup
from ingest.errors import GeungeoError, OperatorError
from retriever.analysis import KoreanAnalyzer
from retriever.encoder import OpenVinoEncoder
from tests.api.conftest import Running, serving

QUESTION = "산불 피해 지역에 설치한 사방댐은 몇 개인가요?"


@contextmanager
def running(service: Service) -> Iterator[Running]:
    steps = serving(service)
    yield next(steps)
    assert next(steps, None) is None


Over = Callable[[Path], Service]


@pytest.fixture
def service_over(encoder: OpenVinoEncoder, analyzer: KoreanAnalyzer) -> Over:
    """Make services that share the models but nothing else."""
    return lambda folder: Service(Settings(data_dir=folder), encoder=encoder, analyzer=analyzer)


def test_without_an_index_the_server_lives_and_says_so(
    empty_data_dir: Path, service_over: Over, reports: Path
) -> None:
    service = service_over(empty_data_dir)
    with running(service) as server:
        assert server.client.get("/healthz").status_code == 200
        answers = [
            server.client.get("/readyz"),
            server.client.post("/v1/ask", json={"question": QUESTION}),
            server.client.post("/v1/ask", json={"question": QUESTION, "stream": True}),
            server.client.post("/v1/search", json={"query": QUESTION}),
            server.client.get("/v1/documents"),
            server.client.get("/v1/documents/doc_0"),
        ]
        for response in answers:
            assert response.status_code == 503
            assert response.json()["error"]["code"] == "no_index"
        service_over(empty_data_dir).changes.ingest([reports])
        assert server.client.get("/readyz").status_code == 200
        assert "88개" in server.client.post("/v1/ask", json={"question": QUESTION}).json()["answer"]


def test_documents_and_answers_come_from_the_same_generation(
    data_dir: Path, service_over: Over
) -> None:
    with running(service_over(data_dir)) as server:
        before = server.client.get("/v1/documents").json()["documents"]
        (data_dir / "index" / "CURRENT").write_text("엉망", encoding="utf-8")
        assert server.client.post("/v1/ask", json={"question": QUESTION}).status_code == 200
        listed = server.client.get("/v1/documents")
        assert listed.status_code == 200
        assert listed.json()["documents"] == before
        assert server.client.get(f"/v1/documents/{before[0]['id']}").status_code == 200
        body = {"question": QUESTION, "stream": True}
        assert server.client.post("/v1/ask", json=body).status_code == 200


def test_while_the_models_load_clients_are_told_to_come_back() -> None:
    warmup = Warmup(Service(Settings()))
    with pytest.raises(GeungeoError) as caught:
        warmup.check()
    assert caught.value.code == "starting"


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.mark.anyio
async def test_a_model_that_cannot_be_loaded_is_named_and_tried_again(
    data_dir: Path, service_over: Over, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("api.warmup.RETRY_SECONDS", 0.01)
    service = service_over(data_dir)
    opened = service.open
    attempts: list[int] = []

    def fail_twice() -> None:
        attempts.append(1)
        if len(attempts) < 3:
            raise OperatorError("model_damaged", "모델이 손상되었습니다.")
        opened()

    monkeypatch.setattr(service, "open", fail_twice)
    ready = asyncio.Event()
    warmup = Warmup(service, ready.set)
    codes = set()
    warmup.start()
    while not ready.is_set():
        try:
            warmup.check()
        except GeungeoError as error:
            codes.add(error.code)
        await asyncio.sleep(0)
    await warmup.stop()
    assert codes == {"starting", "model_damaged"}
    warmup.check()


@pytest.mark.anyio
async def test_a_setting_that_cannot_be_is_not_the_clients_fault(
    data_dir: Path, encoder: OpenVinoEncoder, analyzer: KoreanAnalyzer
) -> None:
    settings = Settings(data_dir=data_dir, llm="nobody:m")
    warmup = Warmup(Service(settings, encoder=encoder, analyzer=analyzer))
    warmup.start()
    found: GeungeoError | None = None
    while found is None or found.code == "starting":
        await asyncio.sleep(0.01)
        try:
            warmup.check()
        except GeungeoError as error:
            found = error
    await warmup.stop()
    assert found.code == "unknown_llm"
    assert isinstance(found, OperatorError)


def test_no_question_fails_while_new_generations_are_published(
    data_dir: Path, service_over: Over, tmp_path: Path
) -> None:
    service = service_over(data_dir)
    answers: list[httpx.Response] = []
    stop = threading.Event()
    with running(service) as server:

        def keep_asking() -> None:
            with httpx.Client(base_url=server.client.base_url, timeout=60) as client:
                while not stop.is_set():
                    answers.append(client.post("/v1/ask", json={"question": QUESTION}))

        threads = [threading.Thread(target=keep_asking) for _ in range(3)]
        for thread in threads:
            thread.start()
        names = set()
        for i in range(5):
            path = tmp_path / f"새것{i}.md"
            path.write_text(f"# 풍차 {i}호 보고서\n\n- 풍차 {i}호를 세움\n", encoding="utf-8")
            names.add(service_over(data_dir).changes.ingest([path]).update.generation)
            time.sleep(0.2)
        last = server.client.get("/readyz").json()["generation"]
        stop.set()
        for thread in threads:
            thread.join(60)
    assert len(names) == 5
    assert last in names
    assert len(answers) > 20
    for response in answers:
        assert response.status_code == 200, response.text
        body: dict[str, Any] = response.json()
        assert "88개" in body["answer"]
        for citation in body["citations"]:
            span = slice(citation["start"], citation["end"])
            assert citation["passage"][span] == citation["quote"]


@pytest.mark.parametrize("stream", [True, False])
def test_many_questions_at_once_are_answered_or_told_to_come_back(
    server: Running, stream: bool
) -> None:
    crowd = ANSWERING_THREADS + QUEUE_LENGTH + 40
    answers: list[httpx.Response] = []
    body = {"question": QUESTION, "stream": stream}

    def ask() -> None:
        with httpx.Client(base_url=server.client.base_url, timeout=60) as client:
            answers.append(client.post("/v1/ask", json=body))

    threads = [threading.Thread(target=ask) for _ in range(crowd)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert len(answers) == crowd
    answered = [response for response in answers if response.status_code == 200]
    assert len(answered) >= ANSWERING_THREADS + QUEUE_LENGTH
    assert all(
        "88개" in response.text and "event: error" not in response.text for response in answered
    )
    for response in answers:
        if response.status_code != 200:
            assert response.status_code == 503
            assert response.json()["error"]["code"] == "busy"
            assert response.headers["retry-after"]
