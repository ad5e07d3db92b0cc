"""The KakaoTalk skill over HTTP: what is said to a person, at once and later."""

import time
from collections.abc import Iterator

import pytest

from api.answer.records import Answer, Turn
from api.kakao.desk import NEW_CONVERSATION, SHOW_ANSWER
from tests.api.conftest import Running
from tests.api.kakao.platform import QUESTION, cards, say, texts
from tests.api.kakao.slow_answer import Slow

# What the admin centre's skill test sends, shortened to the fields that are read and some others.
TEST_PAYLOAD = {
    "intent": {"id": "block", "name": "스킬테스트"},
    "userRequest": {
        "timezone": "Asia/Seoul",
        "params": {"ignoreMe": "true"},
        "block": {"id": "block", "name": "스킬테스트"},
        "utterance": "발화 내용",
        "lang": None,
        "user": {"id": "tester", "type": "accountId", "properties": {}},
    },
    "bot": {"id": "bot", "name": "봇"},
    "action": {"name": "스킬", "clientExtra": None, "params": {}, "id": "a", "detailParams": {}},
}


def test_an_answer_comes_with_a_card_for_its_source(skill_server: Running) -> None:
    response = say(skill_server, QUESTION)
    assert "88개" in texts(response)[0]
    first = cards(response)[0]
    assert first["title"].startswith("[1] 산림 복원 보고서")
    assert "사방댐 88개" in first["description"]
    (button,) = first["buttons"]
    assert button["webLinkUrl"].startswith("https://geungeo.example.kr/documents/doc_")
    assert "#at=" in button["webLinkUrl"]


def test_the_payload_of_the_admin_centre_is_answered(skill_server: Running) -> None:
    response = skill_server.client.post("/kakao/skill", json=TEST_PAYLOAD)
    assert response.status_code == 200
    assert texts(response.json())


def test_what_cannot_be_answered_is_said_in_a_bubble(skill_server: Running) -> None:
    assert "글로 물어봐" in texts(say(skill_server, "  "))[0]
    assert "너무 깁니다" in texts(say(skill_server, "가" * 3000))[0]


def test_a_slow_answer_is_promised_in_time_and_fetched_later(
    skill_server: Running, slow: Slow
) -> None:
    start = time.monotonic()
    response = say(skill_server, QUESTION, user="느린 사람")
    assert time.monotonic() - start < 5
    assert [reply["messageText"] for reply in response["template"]["quickReplies"]] == [SHOW_ANSWER]
    slow.go.set()
    assert "88개" in texts(say(skill_server, SHOW_ANSWER, user="느린 사람"))[0]
    assert "기다리는 답이 없습니다" in texts(say(skill_server, SHOW_ANSWER, user="느린 사람"))[0]


def test_a_person_is_remembered_until_they_begin_anew(
    skill_server: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[tuple[Turn, ...]] = []
    whole = skill_server.service.answer(QUESTION)

    def stream(*_: object, history: tuple[Turn, ...], **__: object) -> Iterator[Answer]:
        seen.append(tuple(history))
        yield whole

    monkeypatch.setattr(skill_server.service, "stream", stream)
    say(skill_server, QUESTION, user="가")
    say(skill_server, "왜?", user="가")
    say(skill_server, "왜?", user="나")
    say(skill_server, NEW_CONVERSATION, user="가")
    say(skill_server, "왜?", user="가")
    told = (Turn("user", QUESTION), Turn("assistant", whole.text))
    assert seen == [(), told, (), ()]


def test_one_person_may_ask_only_so_often(skill_server: Running) -> None:
    said = [texts(say(skill_server, QUESTION, user="바쁜 사람"))[0] for _ in range(9)]
    assert "88개" in said[7]
    assert "너무 잦습니다" in said[8]
    assert "88개" in texts(say(skill_server, QUESTION, user="다른 사람"))[0]
