"""A model that fails: the documents' own words stand in, and it is said why."""

import pytest

from tests.answer.generation.fake_server import FakeServer, Reply, running_fake
from tests.api.conftest import Running
from tests.api.language_model.asking import ASKED, chat, post, streamed
from tests.api.language_model.checks import check_extractive, check_grounded
from tests.api.language_model.conftest import Serve
from tests.api.language_model.script import FAITHFUL, SHOWN

FAILURES = {
    "says nothing": (Reply(then="hang"), "timeout"),
    "too many": (Reply(status=429), "rate_limited"),
    "broken": (Reply(status=500), "unavailable"),
    "key refused": (Reply(status=401), "unavailable"),
}


@pytest.mark.parametrize("failing", FAILURES)
@pytest.mark.parametrize("way", ["ask", "ask streamed"])
def test_a_failing_model_leaves_the_documents_own_words(
    writing: Running, fake: FakeServer, failing: str, way: str
) -> None:
    reply, reason = FAILURES[failing]
    fake.replies = [reply]
    check_extractive(ASKED[way](writing), reason)


def test_a_model_that_keeps_failing_is_left_alone(writing: Running, fake: FakeServer) -> None:
    fake.replies = [Reply(status=500)]
    for _ in range(3):
        check_extractive(post(writing), "unavailable")
    check_extractive(post(writing), "circuit_open")
    assert len(fake.requests) == 3


def test_what_was_said_before_a_failure_stays(writing: Running, fake: FakeServer) -> None:
    # The fake breaks off within the second sentence, whose beginning would read as a figure.
    fake.replies = [Reply(f"{FAITHFUL}\n조류 경보는 모두 1", finish="length")]
    answer = streamed(writing)
    assert (answer["answer"], answer["model"]) == (SHOWN, "openai:m")
    check_grounded(answer)


def test_no_model_server_at_all(serve: Serve) -> None:
    with running_fake() as gone:
        address = gone.url
    for server in serve(address):
        check_extractive(streamed(server), "unavailable")
        check_extractive(chat(server), "unavailable")
