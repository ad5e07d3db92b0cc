"""Texts to vectors through the cache, with the real encoder watched over."""

import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from ingest.chunk import chunk
from retriever import embedding
from retriever.embedding import EmbeddedTexts, Embedding
from retriever.encoder_base import Encoder, TokenEmbedding
from retriever.passage_text import PassageText, passage_text
from retriever.text_cache import TextCache
from retriever.token_codes import TokenCodes
from tests.retriever.desk import BEE, TEA, OtherModel, document


class Watched(OtherModel):
    """The real model, with every text that it was given."""

    def __init__(self, encoder: Encoder) -> None:
        super().__init__(encoder)
        self.given: list[str] = []

    def encode_passages(self, texts: Sequence[str], **options: Any) -> NDArray[np.float32]:
        self.given.extend(texts)
        return super().encode_passages(texts, **options)

    def embed_passages(self, texts: Sequence[str]) -> list[TokenEmbedding]:
        self.given.extend(texts)
        return super().embed_passages(texts)


@pytest.fixture
def model(encoder: Encoder) -> Watched:
    return Watched(encoder)


@pytest.fixture
def cache(tmp_path: Path) -> Iterator[TextCache]:
    with TextCache(tmp_path / "cache.sqlite") as opened:
        yield opened


@pytest.fixture(scope="module")
def texts() -> list[PassageText]:
    return [
        passage_text(report.title, passage)
        for report in (document(TEA), document(BEE))
        for passage in chunk(report)
    ]


def silent(_done: int, _total: int) -> None:
    return None


def strings(texts: Sequence[PassageText]) -> list[str]:
    return [row for text in texts for row in (text.whole_to_embed, *text.sentences_to_embed)]


def assert_same(one: EmbeddedTexts, other: EmbeddedTexts) -> None:
    np.testing.assert_allclose(one.vectors, other.vectors, atol=1e-5)
    np.testing.assert_array_equal(one.first_rows, other.first_rows)
    np.testing.assert_array_equal(one.tokens.starts, other.tokens.starts)
    assert (one.tokens.codes == other.tokens.codes).mean() > 0.99  # rounding may fall either way


def test_rows_are_each_passage_and_then_its_sentences(
    model: Watched, cache: TextCache, texts: list[PassageText], encoder: Encoder
) -> None:
    found = Embedding(model, cache, silent).embed(texts)
    np.testing.assert_allclose(found.vectors, encoder.encode_passages(strings(texts)), atol=1e-4)
    assert found.first_rows.tolist() == [0, 3, 5]
    sizes = [
        len(own.tokens)
        for text in texts
        for own in encoder.embed_passages(list(text.sentences_to_embed))
    ]
    assert np.diff(found.tokens.starts).tolist() == sizes


def test_a_second_build_embeds_nothing(
    model: Watched, cache: TextCache, texts: list[PassageText]
) -> None:
    first = Embedding(model, cache, silent)
    before = first.embed(texts)
    assert (first.embedded, first.reused) == (5, 0)
    model.given.clear()
    second = Embedding(model, cache, silent)
    assert_same(second.embed(texts), before)
    assert (second.embedded, second.reused) == (0, 5)
    assert model.given == []


def test_vectors_without_token_codes_are_not_enough_for_sentences(
    model: Watched, cache: TextCache, texts: list[PassageText], tmp_path: Path
) -> None:
    before = Embedding(model, cache, silent).embed(texts)
    with sqlite3.connect(tmp_path / "cache.sqlite") as connection:
        connection.execute("DELETE FROM tokens")
    connection.close()
    model.given.clear()
    again = Embedding(model, cache, silent)
    assert_same(again.embed(texts), before)
    assert model.given == [s for text in texts for s in text.sentences_to_embed]
    assert (again.embedded, again.reused) == (3, 2)


def test_another_models_vectors_are_not_taken(
    model: Watched, cache: TextCache, texts: list[PassageText], encoder: Encoder
) -> None:
    Embedding(encoder, cache, silent).embed(texts)
    mine = Embedding(model, cache, silent)
    mine.embed(texts)
    assert (mine.embedded, mine.reused) == (5, 0)


def test_the_same_sentence_is_embedded_once(
    model: Watched, cache: TextCache, texts: list[PassageText]
) -> None:
    twice = Embedding(model, cache, silent)
    found = twice.embed([*texts, *texts])
    assert sorted(model.given) == sorted(set(strings(texts)))
    np.testing.assert_array_equal(found.vectors[:5], found.vectors[5:])


def test_what_was_embedded_before_a_stop_is_not_embedded_again(
    model: Watched, cache: TextCache, texts: list[PassageText], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(embedding, "_BATCH", 2)

    def stop(done: int, _total: int) -> None:
        if done >= 4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        Embedding(model, cache, stop).embed(texts)
    done = list(model.given)
    model.given.clear()
    Embedding(model, cache, silent).embed(texts)
    assert len(done) == 4
    assert sorted([*done, *model.given]) == sorted(strings(texts))


def test_progress_counts_what_is_embedded(
    model: Watched, cache: TextCache, texts: list[PassageText], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(embedding, "_BATCH", 2)
    told: list[tuple[int, int]] = []
    Embedding(model, cache, lambda done, total: told.append((done, total))).embed(texts)
    assert told == [(2, 5), (4, 5), (5, 5)]


def test_a_passage_of_its_one_sentence_is_embedded_once(model: Watched, cache: TextCache) -> None:
    """Without headings both are the same string."""
    (passage,) = chunk(document(BEE))
    bare = passage_text("", passage, headings=False)
    assert bare.whole_to_embed == bare.sentences_to_embed[0]
    once = Embedding(model, cache, silent)
    once.embed([bare])
    assert (once.embedded, once.reused) == (1, 0)
    assert len(model.given) == 1


def test_the_cache_keeps_token_codes_by_model_and_text(cache: TextCache) -> None:
    drawn = np.random.default_rng(5).normal(size=(3, 6)).astype(np.float32)
    codes = TokenCodes.of(drawn)
    none = TokenCodes.of(drawn[:0])
    cache.add_token_codes("모델", ["녹차", ""], [codes, none])
    found = cache.token_codes("모델", ["녹차", "", "벌꿀"])
    assert set(found) == {"녹차", ""}
    np.testing.assert_array_equal(found["녹차"].codes, codes.codes)
    np.testing.assert_array_equal(found["녹차"].scales, codes.scales)
    assert found[""].scales.tolist() == [0.0]
    assert cache.token_codes("다른 모델", ["녹차"]) == {}
