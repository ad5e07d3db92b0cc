"""Answers sent to a callback address: once, to Kakao alone, and kept where that fails."""

from pathlib import Path

import pytest

from api.kakao.callback import FailedCallback, FailureFile, callback_allowed
from api.routes.kakao import FAILURES
from tests.api.conftest import Running, wait_until
from tests.api.kakao.platform import QUESTION, Platform, say, texts
from tests.api.kakao.slow_answer import Slow


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


def test_a_slow_answer_reaches_the_callback(
    skill_server: Running, slow: Slow, platform: Platform
) -> None:
    assert say(skill_server, QUESTION, platform.url)["useCallback"] is True
    assert platform.received == []
    slow.go.set()
    wait_until(lambda: bool(platform.received))
    assert "88개" in texts(platform.received[0][1])[0]


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
