"""The KakaoTalk skill, against a stand-in for Kakao's platform over real HTTP."""

import json
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from api.answer.records import Answer, AnswerPart, AnswerSentence, Turn
from api.kakao.bubbles import answer_template, split_text
from api.kakao.callback import FailedCallback, FailureFile, callback_allowed
from api.kakao.desk import NEW_CONVERSATION, SHOW_ANSWER
from api.kakao.limits import MOST_CARD_DESCRIPTION, MOST_CARD_TITLE, MOST_TEXT_CHARS
from api.routes.kakao import FAILURES
from api.service import Service
from api.settings import Settings
from retriever.analysis import KoreanAnalyzer
from retriever.encoder import OpenVinoEncoder
from tests.api.conftest import Running, serving, wait_until

QUESTION = "산불 피해 지역에 설치한 사방댐은 몇 개인가요?"
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


class Platform:
    """Kakao's platform: keeps what is posted to its callback addresses."""

    def __init__(self) -> None:
        self.received: list[tuple[str, dict[str, Any]]] = []
        self.status = 200
        platform = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                platform.received.append((self.path, json.loads(body)))
                self.send_response(platform.status)
                self.send_header("Content-Length", "0")
                if platform.status == 302:
                    self.send_header("Location", "/elsewhere")
                self.end_headers()

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}/callback/1"


@pytest.fixture
def platform() -> Iterator[Platform]:
    made = Platform()
    thread = threading.Thread(target=made.server.serve_forever)
    thread.start()
    yield made
    made.server.shutdown()
    thread.join()
    made.server.server_close()


@pytest.fixture(scope="module")
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


def payload(utterance: str, callback: str | None = None, user: str = "사람") -> dict[str, Any]:
    request: dict[str, Any] = {"utterance": utterance, "user": {"id": user}}
    if callback is not None:
        request["callbackUrl"] = callback
    return {"userRequest": request, "bot": {"id": "bot"}}


def say(server: Running, *arguments: Any, **more: Any) -> dict[str, Any]:
    response = server.client.post("/kakao/skill", json=payload(*arguments, **more))
    assert response.status_code == 200
    found: dict[str, Any] = response.json()
    assert found["version"] == "2.0"
    return found


def texts(response: dict[str, Any]) -> list[str]:
    outputs = response["template"]["outputs"]
    return [output["simpleText"]["text"] for output in outputs if "simpleText" in output]


def cards(response: dict[str, Any]) -> list[dict[str, Any]]:
    last = response["template"]["outputs"][-1]
    items = last["carousel"]["items"] if "carousel" in last else [last["textCard"]]
    return list(items)


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


def test_the_callback_gets_the_answer_once(skill_server: Running, platform: Platform) -> None:
    response = say(skill_server, QUESTION, platform.url)
    assert response["useCallback"] is True
    assert response["data"]["text"]
    assert "template" not in response
    wait_until(lambda: bool(platform.received))
    ((path, content),) = platform.received
    assert path == "/callback/1"
    assert "88개" in texts(content)[0]


@pytest.mark.parametrize("status", [500, 302])
def test_a_failed_callback_is_kept_and_not_repeated(
    skill_server: Running, platform: Platform, status: int
) -> None:
    platform.status = status
    kept = FailureFile(skill_server.service.settings.data_dir / FAILURES)
    before = len(kept.read())
    say(skill_server, QUESTION, platform.url)
    wait_until(lambda: len(kept.read()) > before)
    assert kept.read()[-1].reason == f"HTTP {status}"
    assert len(platform.received) == 1


def test_a_callback_elsewhere_is_not_used(skill_server: Running) -> None:
    response = say(skill_server, QUESTION, "https://kakao.com.example.org/callback")
    assert "88개" in texts(response)[0]


class Slow:
    """An answer that waits until it is let go, as a slow language model's does."""

    def __init__(self, answer: Answer) -> None:
        self.go = threading.Event()
        self._answer = answer

    def __call__(
        self, *_: object, left: threading.Event | None = None, **__: object
    ) -> Iterator[AnswerPart | Answer]:
        assert left is not None
        while not (self.go.wait(0.01) or left.is_set()):
            pass
        yield self._answer


@pytest.fixture
def slow(skill_server: Running, monkeypatch: pytest.MonkeyPatch) -> Iterator[Slow]:
    made = Slow(skill_server.service.answer(QUESTION))
    monkeypatch.setattr(skill_server.service, "stream", made)
    yield made
    made.go.set()


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


def test_a_slow_answer_reaches_the_callback(
    skill_server: Running, slow: Slow, platform: Platform
) -> None:
    assert say(skill_server, QUESTION, platform.url)["useCallback"] is True
    assert platform.received == []
    slow.go.set()
    wait_until(lambda: bool(platform.received))
    assert "88개" in texts(platform.received[0][1])[0]


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


def test_texts_are_cut_between_lines_and_kept_within_kakaos_lengths() -> None:
    lines = "\n".join(f"{n}번째 문장입니다. [{n}]" for n in range(1, 31))
    bubbles = split_text(lines, 2)
    assert "\n".join(bubbles) == lines
    assert all(len(bubble) <= 500 for bubble in bubbles)
    long = split_text("가" * 5000, 2)
    assert [len(bubble) for bubble in long] == [MOST_TEXT_CHARS] * 2
    assert long[-1].endswith("뒤를 줄였습니다.)")
    assert split_text("짧음", 2) == ["짧음"]


def test_cards_and_replies_stay_within_kakaos_lengths(skill_server: Running) -> None:
    answer = skill_server.service.answer(QUESTION)
    citation = replace(answer.citations[0], title="가" * 90, quote="나" * 900)
    many = replace(
        answer,
        text="다\n" * 2000,
        sentences=(AnswerSentence("다", (1,), supported=True),),
        citations=tuple(replace(citation, marker=n) for n in range(1, 15)),
        suggestions=tuple(f"{n}번째로 이어서 물어볼 만한 긴 질문인가요?" for n in range(12)),
    )
    template = answer_template(many)["template"]
    assert len(template["outputs"]) == 3
    items = template["outputs"][-1]["carousel"]["items"]
    assert len(items) == 10
    assert all(len(item["title"]) <= MOST_CARD_TITLE for item in items)
    assert all(len(item["description"]) <= MOST_CARD_DESCRIPTION for item in items)
    assert "buttons" not in items[0]
    assert len(template["quickReplies"]) == 10
    assert all(len(reply["label"]) <= 14 for reply in template["quickReplies"])


@pytest.mark.parametrize(
    ("url", "allowed"),
    [
        ("https://bot-api.kakao.com/callback/x", True),
        ("https://bot-api.kakao.com:443/callback/x", True),
        ("http://bot-api.kakao.com/callback/x", False),
        ("https://bot-api.kakao.com:8443/x", False),
        ("https://kakao.com.evil.org/x", False),
        ("https://evilkakao.com/x", False),
        ("https://user@kakao.com/x", False),
        ("https://kakao.com@evil.org/x", False),
        ("https://kakao.com:port/x", False),
        ("https://.kakao.com/x", False),
        ("https://evil.org\\.kakao.com/x", False),
        ("https://evil.org%2f.kakao.com/x", False),
        ("https://[::1].kakao.com/x", False),
        ("https://ＫＡＫＡＯ.com/x", False),
        ("https://kakao。com/x", False),
        ("https://BOT-API.kakao.com./x", True),
        ("file:///etc/passwd", False),
        ("http://127.0.0.1/x", False),
        ("", False),
    ],
)
def test_answers_go_to_kakao_alone(url: str, allowed: bool) -> None:
    assert callback_allowed(url, ["kakao.com"]) is allowed


def test_only_the_newest_failures_are_kept(tmp_path: Path) -> None:
    kept = FailureFile(tmp_path / "kakao" / "failed.jsonl", most=3)
    assert kept.read() == []
    for n in range(7):
        kept.add(FailedCallback(float(n), f"req_{n}", "HTTP 500"))
    assert [failure.time for failure in kept.read()] == [float(n) for n in range(4, 7)]
