"""The whole path to a real language model that runs in llama.cpp, and that invents."""

import re

import pytest

from api.answer.generated import CheckedSentence, Outcome, stream_checked
from api.answer.generation.generator import Generator, open_generator
from api.answer.generation.model_settings import ModelSettings, Prices
from api.answer.grounding.grounder import Grounder
from tests.answer.generation.conftest import SOURCES
from tests.api.conftest import wait_until
from tests.llama import CONTEXT_TOKENS, LlamaServer

QUESTION = "한강의 평균 수온과 조류 경보 횟수, 2030년 예산은?"
FIGURE = re.compile(r"\d+(?:\.\d+)?")


def generator(server: LlamaServer, max_tokens: int) -> Generator:
    settings = ModelSettings(
        name=f"openai:{server.model}",
        base_url=server.base_url,
        max_tokens=max_tokens,
        context_tokens=CONTEXT_TOKENS,
        prices=Prices(1.0, 2.0),
        first_token_seconds=60.0,
        timeout_seconds=120.0,
    )
    return open_generator(settings)


def test_an_inventing_model_puts_no_figure_of_its_own_before_a_user(
    llama_server: LlamaServer, grounder: Grounder
) -> None:
    model = generator(llama_server, max_tokens=48)
    *said, end = stream_checked(model, grounder, QUESTION, [], SOURCES)
    assert isinstance(end, Outcome)
    assert end.failure is None
    assert end.usage is not None
    assert end.usage.prompt_tokens > 400
    assert 0 < end.usage.completion_tokens <= 48
    prices = (end.usage.prompt_tokens + 2 * end.usage.completion_tokens) / 1_000_000
    assert end.usage.cost == pytest.approx(prices)
    # Cut off at the limit, it may not have finished a sentence.
    assert said or end.dropped or end.usage.completion_tokens == 48
    known = set(FIGURE.findall(" ".join(source.passage.text for source in SOURCES)))
    for item in said:
        assert isinstance(item, CheckedSentence)
        assert set(FIGURE.findall(item.verdict.text)) <= known


def test_closing_the_answer_stops_the_models_work(llama_server: LlamaServer) -> None:
    stream = generator(llama_server, max_tokens=3000).model.stream(
        generator(llama_server, 1)._messages("수온은?", [], SOURCES[:1])[0]
    )
    next(stream)
    assert llama_server.busy()
    stream.close()
    wait_until(lambda: not llama_server.busy())


def test_the_server_counts_with_the_models_own_vocabulary(llama_server: LlamaServer) -> None:
    count = generator(llama_server, 1)._count
    assert count is not None
    assert count("한강의 평균 수온은 14.2도로 측정됨") == 14
