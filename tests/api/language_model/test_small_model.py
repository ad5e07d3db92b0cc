"""A small real model, whose words nobody knows beforehand."""

from collections.abc import Iterator

import pytest

from tests.api.conftest import Running
from tests.api.language_model.asking import post, streamed
from tests.api.language_model.checks import check_grounded
from tests.api.language_model.conftest import Serve
from tests.api.language_model.script import QUESTION
from tests.llama import CONTEXT_TOKENS, LlamaServer

QUESTIONS = (
    QUESTION,
    "한강의 평균 수온은 몇 도인가요?",
)


@pytest.fixture(scope="module")
def with_llama(llama_server: LlamaServer, serve: Serve) -> Iterator[Running]:
    """A server over the small real model."""
    yield from serve(
        llama_server.base_url,
        llm=llama_server.model,
        llm_max_tokens=32,
        llm_context_tokens=CONTEXT_TOKENS,
        llm_first_token_seconds=60.0,
        llm_timeout_seconds=90.0,
    )


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_real_model_puts_no_figure_of_its_own_before_a_client(
    with_llama: Running, question: str
) -> None:
    way = post if question == QUESTION else streamed
    answer = way(with_llama, question=question)
    check_grounded(answer)
    assert answer["fallback_reason"] in {None, "nothing_supported"}
    assert answer["usage"]["prompt_tokens"] > 400
    assert 0 < answer["usage"]["completion_tokens"] <= 32
    assert answer["dropped_sentences"] or answer["model"] != "extractive"
