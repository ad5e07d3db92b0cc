"""Answers as server-sent events."""

import json
from typing import Any

from api.schemas import AskResponse, CitationOut, SentenceOut
from api.streaming import answer_events, sentence_slices
from tests.api.conftest import Running


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

    def fail(*_: object, **__: object) -> None:
        raise OperatorError("index_unreadable", "색인이 손상되었습니다.", "다시 만드세요.")

    monkeypatch.setattr(server.service, "answer", fail)
    ((name, data),) = events(server, question="한강")
    assert name == "error"
    assert data["error"]["code"] == "index_unreadable"
    assert data["error"]["message"] == "색인이 손상되었습니다. 다시 만드세요."
    assert data["error"]["request_id"]


Sentences = list[tuple[str, list[int]]]


def response_of(answer: str, sentences: Sentences, markers: list[int]) -> AskResponse:
    citations = [
        CitationOut(
            marker=marker,
            passage_id="p",
            document_id="d",
            title="t",
            heading_path=[],
            quote="q",
            passage="q",
            start=0,
            end=1,
            document_start=0,
            document_end=1,
            score=1.0,
        )
        for marker in markers
    ]
    return AskResponse(
        answer=answer,
        answerable=True,
        refusal_reason=None,
        citations=citations,
        sentences=[SentenceOut(text=t, markers=m, supported=True) for t, m in sentences],
        confidence=1.0,
        rewritten_question="",
        model="extractive",
        timings_ms={},
        request_id="r",
    )


def order_of(response: AskResponse) -> list[tuple[str | None, int | None]]:
    return [(e.event, json.loads(str(e.data)).get("marker")) for e in answer_events(response)]


def test_a_citation_follows_the_sentence_that_rests_on_it() -> None:
    sentences = [("하나임", [1]), ("둘임", [2, 1])]
    response = response_of("하나임 [1]\n둘임 [2][1]", sentences, [1, 2, 3])
    assert sentence_slices(response) == [("하나임 [1]\n", [1]), ("둘임 [2][1]", [2, 1])]
    assert order_of(response) == [
        ("token", None),
        ("citation", 1),
        ("token", None),
        ("citation", 2),
        ("citation", 3),
        ("done", None),
    ]


def test_a_bracketed_number_in_a_document_cites_nothing() -> None:
    response = response_of(
        "문헌 [2]에 있음 [1]\n둘임 [2]", [("문헌 [2]에 있음", [1]), ("둘임", [2])], [1, 2]
    )
    assert order_of(response) == [
        ("token", None),
        ("citation", 1),
        ("token", None),
        ("citation", 2),
        ("done", None),
    ]


def test_sentences_that_repeat_or_are_not_found_lose_nothing() -> None:
    for texts in (["가", "가"], ["없음", "나"], [], ["가 나", "가"]):
        response = response_of("앞 가 [1] 가 나 [2]", [(text, [1]) for text in texts], [1])
        assert "".join(text for text, _ in sentence_slices(response)) == response.answer
        assert order_of(response).count(("citation", 1)) == 1
