"""Answers as server-sent events."""

import json
import threading
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from api.answer.records import AnswerPart, AnswerSentence
from api.schemas import AskResponse
from tests.api.conftest import Running, wait_until


def events(server: Running, **fields: Any) -> list[tuple[str, dict[str, Any]]]:
    found = []
    with server.client.stream("POST", "/v1/ask", json={"stream": True, **fields}) as response:
        assert response.status_code == 200
        assert response.headers["content-type"].startswith("text/event-stream")
        assert response.headers["x-request-id"]
        name = ""
        for line in response.iter_lines():
            field, _, value = line.partition(": ")
            if field == "event":
                name = value
            elif field == "data":
                found.append((name, json.loads(value)))
    return found


def test_the_tokens_joined_are_the_answer(server: Running) -> None:
    found = events(server, question="산불 피해 지역에 설치한 사방댐은 몇 개인가요?")
    names = [name for name, _ in found]
    assert names[0] == "token"
    assert names[-1] == "done"
    assert names.count("done") == 1
    assert set(names) == {"token", "citation", "done"}
    done = found[-1][1]
    assert set(done) == set(AskResponse.model_fields)
    assert "".join(data["text"] for name, data in found if name == "token") == done["answer"]
    assert [data for name, data in found if name == "citation"] == done["citations"]


def test_errors_before_the_stream_have_their_own_status(server: Running) -> None:
    def post(**fields: Any) -> int:
        return server.client.post("/v1/ask", json={"stream": True, **fields}).status_code

    assert post(question="") == 400
    assert post(question="한강", filters={"document_ids": ["doc_0"]}) == 404
    assert post(question="한강", nonsense=1) == 422


def test_an_error_within_the_stream_is_an_event(server: Running, monkeypatch: Any) -> None:
    from ingest.errors import OperatorError

    def fail(*_: object, **__: object) -> Iterator[AnswerPart]:
        raise OperatorError("index_unreadable", "색인이 손상되었습니다.", "다시 만드세요.")
        yield

    monkeypatch.setattr(server.service, "stream", fail)
    ((name, data),) = events(server, question="한강")
    assert name == "error"
    assert data["error"]["code"] == "index_unreadable"
    assert data["error"]["message"] == "색인이 손상되었습니다. 다시 만드세요."
    assert data["error"]["request_id"]


class Endless:
    """An answer that goes on for as long as somebody reads."""

    def __init__(self) -> None:
        self.closed = threading.Event()

    def __call__(
        self, *_: object, left: threading.Event | None = None, **__: object
    ) -> Iterator[AnswerPart]:
        assert left is not None
        try:
            yield AnswerPart("첫 문장", AnswerSentence("첫 문장", (), supported=True))
            left.wait()
        finally:
            self.closed.set()


def test_the_first_sentence_comes_before_the_last_is_made(
    server: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    endless = Endless()
    monkeypatch.setattr(server.service, "stream", endless)
    body = {"question": "한강", "stream": True}
    with server.client.stream("POST", "/v1/ask", json=body) as response:
        lines = response.iter_lines()
        assert next(lines) == "event: token"
        assert json.loads(next(lines).removeprefix("data: ")) == {"text": "첫 문장"}
        assert not endless.closed.is_set()


@pytest.mark.parametrize("stream", [True, False])
def test_a_client_that_leaves_ends_the_work(
    server: Running, monkeypatch: pytest.MonkeyPatch, stream: bool
) -> None:
    endless = Endless()
    monkeypatch.setattr(server.service, "stream", endless)
    body = {"question": "한강", "stream": stream}
    client = httpx.Client(base_url=server.client.base_url, timeout=0.5)
    with client, pytest.raises(httpx.ReadTimeout):
        client.post("/v1/ask", json=body)
    wait_until(endless.closed.is_set)
    monkeypatch.undo()
    assert server.client.post("/v1/ask", json={"question": "사방댐 수"}).status_code == 200


def test_a_bug_within_the_stream_is_an_event_without_its_words(
    server: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> Iterator[AnswerPart]:
        yield AnswerPart("첫 문장", AnswerSentence("첫 문장", (), supported=True))
        raise ZeroDivisionError("비밀")

    monkeypatch.setattr(server.service, "stream", fail)
    found = events(server, question="한강")
    assert [name for name, _ in found] == ["token", "error"]
    assert found[-1][1]["error"]["code"] == "internal_error"
    assert "비밀" not in json.dumps(found, ensure_ascii=False)
