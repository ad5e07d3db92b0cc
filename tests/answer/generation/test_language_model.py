"""Limits of time and attempts, against a server that misbehaves."""

from typing import Any

import pytest
from langchain_core.messages import HumanMessage

from api.answer.generation.circuit_breaker import CircuitBreaker
from api.answer.generation.failure import GenerationFailed
from api.answer.generation.language_model import CallEnd, LanguageModel
from api.answer.generation.model_settings import Prices
from api.answer.records import TokenUsage
from tests.answer.generation.conftest import model_of
from tests.answer.generation.fake_server import FakeServer, Reply

ASKED = [HumanMessage("한강의 수온은?")]
FINE = Reply("수온은 14.2도입니다 [1].")


def failure(model: LanguageModel) -> GenerationFailed:
    with pytest.raises(GenerationFailed) as caught:
        model.complete(ASKED)
    return caught.value


def test_pieces_come_and_then_the_tokens_and_their_price(fake: FakeServer) -> None:
    fake.replies = [FINE]
    model = model_of(fake.url, prices=Prices(prompt=1.0, completion=10.0))
    *pieces, end = model.stream(ASKED)
    assert "".join(str(piece) for piece in pieces) == FINE.text
    assert len(pieces) > 3
    assert end == CallEnd(TokenUsage(100, 20, cost=(100 * 1 + 20 * 10) / 1_000_000), cut=False)
    (request,) = fake.requests
    assert request["stream_options"] == {"include_usage": True}
    assert request["max_tokens"] == 1024
    assert "max_completion_tokens" not in request
    assert request["temperature"] == 0


def test_a_server_that_tells_no_tokens_gives_none(fake: FakeServer) -> None:
    fake.replies = [Reply("네.", usage=None, finish="length")]
    *_, end = model_of(fake.url).stream(ASKED)
    assert end == CallEnd(None, cut=True)


@pytest.mark.parametrize("before", ["", "수온은 14"])
def test_a_server_that_falls_silent_is_given_up(fake: FakeServer, before: str) -> None:
    fake.replies = [Reply(before, then="hang")]
    model = model_of(fake.url, timeout_seconds=0.5)
    assert failure(model).reason == "timeout"
    assert fake.client_left.wait(10)
    assert len(fake.requests) == 1


def test_a_first_token_that_does_not_come_is_asked_for_again(fake: FakeServer) -> None:
    fake.replies = [Reply(then="hang"), FINE]
    model = model_of(fake.url, first_token_seconds=0.3)
    assert model.complete(ASKED) == FINE.text
    assert len(fake.requests) == 2


def test_a_slow_answer_ends_with_its_time_though_words_keep_coming(fake: FakeServer) -> None:
    fake.replies = [Reply(then="on")]
    model = model_of(fake.url, timeout_seconds=0.5)
    assert failure(model).reason == "timeout"
    assert fake.client_left.wait(10)


def test_a_limited_rate_is_waited_for_as_long_as_the_server_asks(fake: FakeServer) -> None:
    fake.replies = [Reply(status=429, headers=(("Retry-After", "1"),)), FINE]
    assert model_of(fake.url).complete(ASKED) == FINE.text
    first, second = fake.times
    assert second - first >= 1.0


@pytest.mark.parametrize("asked", ["3600", "Fri, 31 Dec 2100 23:59:59 GMT"])
def test_a_wait_beyond_the_limit_is_not_begun(fake: FakeServer, asked: str) -> None:
    fake.replies = [Reply(status=429, headers=(("Retry-After", asked),))]
    assert failure(model_of(fake.url)).reason == "rate_limited"
    assert len(fake.requests) == 1


@pytest.mark.parametrize("status", [500, 502, 503, 429])
def test_what_may_pass_is_tried_again(fake: FakeServer, status: int) -> None:
    fake.replies = [Reply(status=status, headers=(("Retry-After", "0"),)), FINE]
    assert model_of(fake.url).complete(ASKED) == FINE.text


def test_attempts_are_counted(fake: FakeServer) -> None:
    fake.replies = [Reply(status=503, headers=(("Retry-After", "0"),))]
    failed = failure(model_of(fake.url, retries=2))
    assert (failed.reason, len(fake.requests)) == ("unavailable", 3)
    assert "503" in failed.detail


@pytest.mark.parametrize("status", [400, 401, 403, 404, 422])
def test_what_cannot_pass_is_not_tried_again(fake: FakeServer, status: int) -> None:
    fake.replies = [Reply(status=status)]
    failed = failure(model_of(fake.url))
    assert (failed.reason, len(fake.requests)) == ("unavailable", 1)
    assert str(status) in failed.detail


@pytest.mark.parametrize("status", [401, 403])
def test_what_a_server_says_of_a_key_is_not_repeated(fake: FakeServer, status: int) -> None:
    fake.replies = [Reply(status=status)]
    failed = failure(model_of(fake.url))
    assert "비밀" not in f"{failed} {failed.detail}"


def test_a_broken_connection_after_the_first_words_is_not_begun_anew(fake: FakeServer) -> None:
    fake.replies = [Reply("수온은 14", then="cut", usage=None), FINE]
    *pieces, end = model_of(fake.url).stream(ASKED)
    assert "".join(str(p) for p in pieces) == "수온은 14"
    assert end == CallEnd(None, cut=True)
    assert len(fake.requests) == 1


def test_a_server_that_is_not_there_is_unavailable() -> None:
    failed = failure(model_of("http://127.0.0.1:9/v1", retries=1))
    assert failed.reason == "unavailable"
    assert "Connection" in failed.detail


def test_closing_breaks_the_connection_off(fake: FakeServer) -> None:
    fake.replies = [Reply(then="on")]
    stream = model_of(fake.url).stream(ASKED)
    next(stream)
    stream.close()
    assert fake.client_left.wait(10)


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_dead_server_is_not_asked_and_then_tried_once_more(fake: FakeServer) -> None:
    clock = Clock()
    breaker = CircuitBreaker(failures=2, seconds=30, clock=clock)
    dead = Reply(status=503, headers=(("Retry-After", "0"),))
    model = model_of(fake.url, breaker, retries=0)
    fake.replies = [dead]
    assert [failure(model).reason for _ in range(4)] == [
        "unavailable",
        "unavailable",
        "circuit_open",
        "circuit_open",
    ]
    assert len(fake.requests) == 2
    clock.now = 30.0
    assert failure(model).reason == "unavailable"
    assert failure(model).reason == "circuit_open"
    assert len(fake.requests) == 3
    clock.now = 60.0
    fake.replies = [FINE]
    assert model.complete(ASKED) == FINE.text
    assert breaker.state == "closed"


def test_a_bad_request_says_nothing_against_the_server(fake: FakeServer) -> None:
    breaker = CircuitBreaker(failures=1)
    fake.replies = [Reply(status=400)]
    failure(model_of(fake.url, breaker))
    assert breaker.state == "closed"


def test_an_answer_that_the_user_stopped_says_nothing_against_the_server(fake: FakeServer) -> None:
    breaker = CircuitBreaker(failures=1)
    fake.replies = [Reply(then="on")]
    stream = model_of(fake.url, breaker).stream(ASKED)
    next(stream)
    stream.close()
    assert breaker.state == "closed"


def test_the_key_is_sent_and_openais_own_is_not(
    fake: FakeServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pydantic import SecretStr

    monkeypatch.setenv("OPENAI_API_KEY", "sk-of-openai")
    fake.replies = [FINE]
    changes: dict[str, Any] = {"api_key": SecretStr("열쇠1".encode().hex())}
    model_of(fake.url, **changes).complete(ASKED)
    model_of(fake.url).complete(ASKED)
    assert fake.keys == [f"Bearer {'열쇠1'.encode().hex()}", "Bearer none"]
