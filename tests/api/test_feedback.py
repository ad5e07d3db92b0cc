"""Opinions on answers: given, listed, and exported as candidates for the gold set."""

import json
from pathlib import Path
from typing import Any

import pytest

from api.feedback_export import candidates
from api.feedback_schemas import (
    MOST_CITATIONS,
    REQUEST_EXAMPLE,
    RESPONSE_EXAMPLE,
    FeedbackRequest,
    FeedbackResponse,
)
from api.feedback_store import MOST_KEPT, FeedbackStore, Opinion, Quoted
from eval.gold_set import read_gold
from tests.api.conftest import RunCli, Running

QUESTION = "산불 피해 지역에 설치한 사방댐은 몇 개인가요?"


def give(server: Running, status: int = 201, **fields: Any) -> dict[str, Any]:
    body = {"request_id": "req_1", "rating": "up", **fields}
    response = server.client.post("/v1/feedback", json=body)
    assert response.status_code == status, response.text
    given: dict[str, Any] = response.json()
    return given


def test_an_opinion_is_kept_as_it_was_given(server: Running) -> None:
    answer = server.client.post("/v1/ask", json={"question": QUESTION}).json()
    cited = answer["citations"][0]
    given = give(
        server,
        request_id=answer["request_id"],
        rating="down",
        comment="단위가\x1b[31m 빠짐 ",
        question=QUESTION,
        answer=answer["answer"],
        expected="88개",
        citations=[{"document_id": cited["document_id"], "quote": cited["quote"]}],
    )
    assert set(given) == {"id", "request_id"}
    kept = FeedbackStore(server.service.settings.data_dir).all()[-1]
    assert given["id"] == f"fb_{kept.number}"
    assert kept.opinion == Opinion(
        request_id=answer["request_id"],
        rating="down",
        comment="단위가 빠짐",
        question=QUESTION,
        answer=answer["answer"],
        expected="88개",
        citations=(Quoted(cited["document_id"], cited["quote"]),),
    )


def test_nobody_can_be_told_from_an_opinion(tmp_path: Path) -> None:
    store = FeedbackStore(tmp_path)
    store.add(Opinion("req_1", "down", comment="010-1234-5678로 전화 주세요"))
    (kept,) = store.all()
    assert kept.opinion.comment == "010-****-5678로 전화 주세요"


def test_the_last_opinion_on_an_answer_counts(server: Running) -> None:
    give(server, request_id="req_twice", rating="up")
    last = give(server, request_id="req_twice", rating="down")
    kept = FeedbackStore(server.service.settings.data_dir).all()
    about = [own for own in kept if own.opinion.request_id == "req_twice"]
    assert [(f"fb_{own.number}", own.opinion.rating) for own in about] == [(last["id"], "down")]


@pytest.mark.parametrize(
    "fields",
    [
        {"rating": "meh"},
        {"rating": None},
        {"request_id": ""},
        {"request_id": "a b"},
        {"request_id": "a" * 65},
        {"comment": "긴" * 2001},
        {"question": "긴" * 5001},
        {"citations": [{"document_id": "d", "quote": "q"}] * (MOST_CITATIONS + 1)},
        {"citations": [{"document_id": "d"}]},
        {"stars": 5},
    ],
)
def test_what_is_no_opinion_is_refused(server: Running, fields: dict[str, Any]) -> None:
    assert give(server, 422, **fields)["error"]["code"] == "invalid_request"


def test_another_page_may_not_give_opinions(server: Running) -> None:
    response = server.client.post(
        "/v1/feedback",
        json={"request_id": "req_1", "rating": "up"},
        headers={"Origin": "https://evil.example"},
    )
    assert response.json()["error"]["code"] == "cross_site"


def test_the_oldest_opinions_go_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("api.feedback_store.MOST_KEPT", 3)
    store = FeedbackStore(tmp_path)
    for i in range(5):
        store.add(Opinion(f"req_{i}", "up"))
    assert [own.opinion.request_id for own in store.all()] == ["req_2", "req_3", "req_4"]
    assert MOST_KEPT == 20_000


def test_candidates_can_be_read_as_gold_questions(
    cli: RunCli, data_dir: Path, tmp_path: Path
) -> None:
    asked = json.loads(cli("ask", QUESTION, "--json").out)
    cited = asked["citations"][0]
    quoted = Quoted(cited["document_id"], cited["quote"])
    store = FeedbackStore(data_dir)
    store.add(Opinion("req_0", "down", question=QUESTION, comment="먼저 것"))
    store.add(
        Opinion(
            "req_1",
            "up",
            question=f" {QUESTION} ",
            answer=asked["answer"],
            citations=(
                quoted,
                quoted,
                Quoted("doc_0", "없는 문서"),
                Quoted(quoted.document_id, ""),
            ),
        )
    )
    store.add(Opinion("req_2", "down", question="한강은?", answer="틀림", expected="14.2도"))
    store.add(Opinion("req_3", "down", comment="질문 없음"))
    out = tmp_path / "후보.jsonl"
    done = cli("feedback", "export", "--out", str(out))
    assert done.status == 0
    assert "후보 2개" in done.out
    assert "내보내지 않은 의견: 1개" in done.out
    good, bad = read_gold(out)
    assert good.question == QUESTION
    assert good.answer == asked["answer"]
    assert [(e.document, e.quote) for e in good.evidence] == [("산림.md", cited["quote"])]
    assert good.answerable
    assert good.split == "tune"
    assert (bad.question, bad.answer, bad.evidence) == ("한강은?", "14.2도", ())
    rows = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    assert [row["answerable"] for row in rows] == [True, None]
    assert [row["must_include"] for row in rows] == [[], []]
    assert rows[1]["feedback"]["rating"] == "down"

    before = out.read_bytes()
    again = cli("feedback", "export", "--out", str(out))
    assert again.status == 1
    assert "이미 있는 파일" in again.err
    assert out.read_bytes() == before


def test_a_quote_that_stands_twice_is_no_evidence(data_dir: Path) -> None:
    store = FeedbackStore(data_dir)
    store.add(Opinion("req_1", "up", question="한강은?", citations=(Quoted("doc_1", "한강"),)))

    class TwiceTold:
        source = "가.md"
        text = "한강은 한강"

    (row,) = candidates(store.all(), lambda _: TwiceTold())  # type: ignore[arg-type,return-value]
    assert row["evidence"] == []
    assert row["answerable"] is None


def test_opinions_are_listed(cli: RunCli, data_dir: Path) -> None:
    assert "의견 0개" in cli("feedback", "list").out
    assert not (data_dir / "feedback.sqlite").exists()
    FeedbackStore(data_dir).add(
        Opinion("req_1", "down", question="한강은?\n둘째 줄", comment="아쉬움", expected="14.2도")
    )
    shown = cli("feedback", "list").out
    assert "fb_1  나쁨  한강은? 둘째 줄" in shown
    assert "의견: 아쉬움" in shown
    assert "바란 답: 14.2도" in shown
    (listed,) = json.loads(cli("feedback", "list", "--json").out)["feedback"]
    assert (listed["id"], listed["rating"], listed["comment"]) == ("fb_1", "down", "아쉬움")


def test_the_examples_have_the_shape_of_the_schemas() -> None:
    assert (
        FeedbackRequest.model_validate(REQUEST_EXAMPLE).model_dump(exclude_unset=True)
        == REQUEST_EXAMPLE
    )
    assert FeedbackResponse.model_validate(RESPONSE_EXAMPLE).model_dump() == RESPONSE_EXAMPLE
