"""The HTTP API over a real connection: what it answers."""

import json
from typing import Any

import pytest

from api.schemas import AskResponse, DocumentListResponse, DocumentResponse, SearchResponse
from retriever.fusion import WEIGHTS
from tests.api.conftest import Running, wait_until

QUESTION = "산불 피해 지역에 설치한 사방댐은 몇 개인가요?"


def ask(server: Running, **fields: Any) -> dict[str, Any]:
    response = server.client.post("/v1/ask", json={"question": QUESTION, **fields})
    assert response.status_code == 200, response.text
    body: dict[str, Any] = response.json()
    return body


def test_an_answer_cites_the_exact_words_of_a_document(server: Running) -> None:
    body = ask(server)
    assert set(body) == set(AskResponse.model_fields)
    assert body["answerable"]
    assert body["refusal_reason"] is None
    assert "88개" in body["answer"]
    assert "[1]" in body["answer"]
    assert body["model"] == "extractive"
    assert all(isinstance(ms, float) for ms in body["timings_ms"].values())
    citation = body["citations"][0]
    assert citation["passage"][citation["start"] : citation["end"]] == citation["quote"]
    document = server.service.library.view(citation["document_id"]).document
    span = slice(citation["document_start"], citation["document_end"])
    assert document.text[span] == citation["quote"]


def test_a_question_off_the_documents_is_refused_politely(server: Running) -> None:
    body = ask(server, question="양자 컴퓨터의 큐비트 오류율은 얼마인가요?")
    assert not body["answerable"]
    assert body["refusal_reason"]
    assert body["answer"]


def test_the_history_and_filters_are_taken(server: Running) -> None:
    documents = server.client.get("/v1/documents").json()["documents"]
    forest = next(d["id"] for d in documents if d["source"] == "산림.md")
    body = ask(
        server,
        history=[
            {"role": "user", "content": "산불 피해 지역의 대책은?"},
            {"role": "assistant", "content": "사방댐을 설치했습니다."},
        ],
        filters={"document_ids": [forest]},
        top_k=3,
    )
    assert {c["document_id"] for c in body["citations"]} == {forest}


def test_a_search_says_why_each_passage_was_found(server: Running) -> None:
    response = server.client.post("/v1/search", json={"query": "사방댐 쿼크", "top_k": 2})
    body = response.json()
    assert set(body) == set(SearchResponse.model_fields)
    assert len(body["hits"]) == 2
    best = body["hits"][0]
    assert best["source"] == "산림.md"
    assert set(best["scores"]) == set(WEIGHTS)
    assert body["searched_query"] == "사방댐 쿼크"
    assert any("사방" in term for term in best["matched_terms"])
    assert "쿼크" in body["unknown_terms"]


def test_documents_are_listed_and_shown(server: Running) -> None:
    listed = server.client.get("/v1/documents").json()
    assert set(listed) == set(DocumentListResponse.model_fields)
    assert {d["title"] for d in listed["documents"]} == {
        "한강 수질 보고서",
        "산림 복원 보고서",
        "골목상권 보고서",
    }
    wanted = listed["documents"][0]
    shown = server.client.get(f"/v1/documents/{wanted['id']}").json()
    assert set(shown) == set(DocumentResponse.model_fields)
    assert shown["document"] == wanted
    assert shown["outline"]
    assert len(shown["passages"]) == wanted["passages"] > 0
    text = server.service.library.view(wanted["id"]).document.text
    for passage in shown["passages"]:
        assert text[passage["start"] : passage["end"]] == passage["text"]


def test_health_and_readiness(server: Running) -> None:
    assert server.client.get("/healthz").json() == {"status": "ok"}
    ready = server.client.get("/readyz").json()
    assert ready == {"status": "ready", "generation": server.service.library.generation()}


def test_the_root_is_the_page(server: Running) -> None:
    response = server.client.get("/")
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    assert "<title>근거</title>" in response.text


def test_a_sane_request_id_is_taken_over(server: Running) -> None:
    given = {"X-Request-ID": "chat-7.a_B"}
    response = server.client.post("/v1/ask", json={"question": QUESTION}, headers=given)
    assert response.headers["x-request-id"] == response.json()["request_id"] == "chat-7.a_B"


@pytest.mark.parametrize("bad", ["", "a b", "x" * 65, "<script>"])
def test_another_request_id_is_replaced(server: Running, bad: str) -> None:
    response = server.client.get("/nowhere", headers={"X-Request-ID": bad})
    chosen = response.headers["x-request-id"]
    assert chosen != bad
    assert chosen.startswith("req_")
    assert response.json()["error"]["request_id"] == chosen


def test_the_log_names_the_request_but_not_the_question(server: Running) -> None:
    secret = "비밀스러운 한강 조류 경보 횟수는 몇 회인가요?"
    given = {"X-Request-ID": "log-test"}
    server.client.post("/v1/ask", json={"question": secret}, headers=given)
    server.client.post("/v1/ask", json={"question": secret, "top_k": 0}, headers=given)

    def own_lines() -> list[dict[str, Any]]:
        assert server.logs is not None
        lines = map(json.loads, server.logs.read_text(encoding="utf-8").splitlines())
        return [line for line in lines if line.get("request_id") == "log-test"]

    # A response can be read before its line is written.
    wait_until(lambda: len(own_lines()) == 2)
    own = own_lines()
    assert [line["status"] for line in own] == [200, 422]
    assert own[0]["path"] == "/v1/ask"
    assert own[0]["ms"] > 0
    assert own[1]["error"] == "invalid_request"
    assert server.logs is not None
    assert "비밀스러운" not in server.logs.read_text(encoding="utf-8")
