"""A model that invents: nothing of it reaches anybody, by any way."""

import json
from typing import Any

import pytest
from mcp import Client

from tests.answer.generation.fake_server import FakeServer, Reply
from tests.api.conftest import Running, wait_until
from tests.api.kakao.platform import running_platform, say
from tests.api.language_model.asking import ASKED, post, streamed
from tests.api.language_model.checks import (
    check_extractive,
    check_grounded,
    check_no_invention,
    check_only_the_truth,
)
from tests.api.language_model.script import (
    ALL,
    ALSO_TRUE,
    FAITHFUL,
    INVENTIONS,
    QUESTION,
    SHORT,
    SHOWN,
)


@pytest.mark.parametrize("invention", INVENTIONS)
def test_an_invention_is_dropped_and_the_truth_beside_it_shown(
    writing: Running, fake: FakeServer, invention: str
) -> None:
    fake.replies = [Reply(f"{FAITHFUL}\n{INVENTIONS[invention]}")]
    answer = streamed(writing)
    assert answer["answer"] == SHOWN
    assert answer["dropped_sentences"] >= 1
    assert (answer["model"], answer["fallback_reason"]) == ("openai:m", None)
    (citation,) = answer["citations"]
    assert "사방댐 88개" in citation["quote"]
    check_grounded(answer)


@pytest.mark.parametrize("invention", INVENTIONS)
def test_where_all_is_invented_the_documents_own_words_stand_in(
    writing: Running, fake: FakeServer, invention: str
) -> None:
    fake.replies = [Reply(INVENTIONS[invention])]
    answer = post(writing)
    check_extractive(answer, "nothing_supported")
    assert answer["dropped_sentences"] >= 1
    check_no_invention(answer["answer"])


@pytest.mark.parametrize("way", ASKED)
def test_of_all_at_once_only_the_truth_is_shown(
    writing: Running, fake: FakeServer, way: str
) -> None:
    fake.replies = [Reply(ALL)]
    answer = ASKED[way](writing)
    assert answer["answer"] == f"{SHOWN}\n{ALSO_TRUE}. [2]"
    assert answer["dropped_sentences"] >= len(SHORT)
    check_grounded(answer)
    check_only_the_truth(json.dumps(answer, ensure_ascii=False))


def test_kakao_gets_the_truth_at_once_and_at_the_callback(
    writing: Running, fake: FakeServer
) -> None:
    fake.replies = [Reply(ALL)]
    check_only_the_truth(json.dumps(say(writing, QUESTION), ensure_ascii=False))
    with running_platform() as platform:
        assert say(writing, QUESTION, platform.url)["useCallback"]
        wait_until(lambda: bool(platform.received))
    check_only_the_truth(json.dumps(platform.received, ensure_ascii=False))


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.mark.anyio
async def test_an_assistant_gets_the_truth(writing: Running, fake: FakeServer) -> None:
    fake.replies = [Reply(ALL)]
    async with Client(f"{str(writing.client.base_url).rstrip('/')}/mcp") as client:
        result = await client.call_tool("ask", {"question": QUESTION})
    answer: Any = result.structured_content
    assert answer["answer"] == f"{SHOWN}\n{ALSO_TRUE}. [2]"
    check_only_the_truth(json.dumps(answer, ensure_ascii=False))
