"""MaxSim, worked by hand on a few short vectors."""

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from retriever.encoder_base import Encoder
from retriever.late_interaction import LateMatch, TokenIndex
from retriever.token_codes import TokenCodes
from tests.retriever.decoding import decoded

# Coded without loss but for a common size: each number is the middle of a step (see HALF_STEPS).
SENTENCES = ([[1, 3], [-3, 1]], [[3, -1]], [[-1, -1], [1, 1], [-3, -3]])
HALF_STEPS = 2  # a step is two of the numbers above
QUERY = np.array([[1, 0], [0, 1]], dtype=np.float32)


def coded(rows: list[list[int]]) -> TokenCodes:
    steps = [[(n - 1) // HALF_STEPS + 8 for n in row] for row in rows]
    codes = np.array([[16 * high + low] for high, low in steps], dtype=np.uint8)
    return TokenCodes(codes, np.full(len(rows), HALF_STEPS, dtype=np.float16))


@pytest.fixture
def index() -> TokenIndex:
    return TokenIndex.of([coded(rows) for rows in SENTENCES])


def test_the_codes_of_this_test_stand_for_its_numbers() -> None:
    for rows in SENTENCES:
        assert decoded(coded(rows)).tolist() == rows


def test_each_word_of_the_question_finds_its_nearest(index: TokenIndex) -> None:
    first, second = index.matches(QUERY, [(0, 2), (2, 3)])
    # Sentence 0: the words find 1 and 3, mean 2; sentence 1: 3 and -1, mean 1. Together they find
    # 3 and 3. Sentence 2: 1 and 1.
    assert first.sentences.tolist() == [2, 1]
    assert first.whole == 3
    assert first.score == pytest.approx((3 + 2) / 2)
    assert (second.sentences.tolist(), second.whole, second.score) == ([1], 1, 1)


def test_order_and_overlap_of_passages_do_not_matter(index: TokenIndex) -> None:
    apart = [index.matches(QUERY, [place])[0] for place in [(2, 3), (0, 2), (0, 3), (1, 2)]]
    together = index.matches(QUERY, [(2, 3), (0, 2), (0, 3), (1, 2)])
    assert [m.whole for m in together] == [m.whole for m in apart] == [1, 3, 3, 1]
    assert [m.sentences.tolist() for m in together] == [m.sentences.tolist() for m in apart]


def test_a_passage_without_sentences_matches_nothing(index: TokenIndex) -> None:
    none, some, last = index.matches(QUERY, [(1, 1), (0, 2), (3, 3)])
    assert (none.whole, none.sentences.size, none.score) == (0, 0, 0)
    assert (last.whole, last.sentences.size) == (0, 0)
    assert some.whole == 3


def test_no_passages_and_only_empty_passages(index: TokenIndex) -> None:
    assert index.matches(QUERY, []) == []
    (nothing,) = index.matches(QUERY, [(0, 0)])
    assert nothing.score == 0


def test_a_question_without_tokens_matches_nothing(index: TokenIndex) -> None:
    first, second = index.matches(np.empty((0, 2), dtype=np.float32), [(0, 2), (2, 3)])
    assert (first.whole, first.sentences.tolist(), first.score) == (0, [0, 0], 0)
    assert (second.whole, second.sentences.tolist()) == (0, [0])


def test_the_score_is_the_mean_of_whole_and_best_sentence() -> None:
    assert LateMatch(0.8, np.array([0.2, 0.6], dtype=np.float32)).score == pytest.approx(0.7)
    assert LateMatch(0.8, np.empty(0, dtype=np.float32)).score == pytest.approx(0.8)


def test_it_is_the_same_after_a_round_trip(index: TokenIndex, tmp_path: Path) -> None:
    paths = tmp_path / "starts.npy", tmp_path / "codes.npy", tmp_path / "scales.npy"
    index.write(*paths)
    loaded = TokenIndex.load(*paths)
    assert loaded.starts.tolist() == [0, 2, 3, 6]
    places = [(0, 3), (1, 2)]
    for before, after in zip(
        index.matches(QUERY, places), loaded.matches(QUERY, places), strict=True
    ):
        assert before.whole == after.whole
        np.testing.assert_array_equal(before.sentences, after.sentences)


def test_a_sentence_that_says_it_is_nearer_than_one_that_does_not(encoder: Encoder) -> None:
    texts = ["벌꿀 생산량은 2만 7천 톤이다", "보성의 녹차 재배 면적은 1,050ha이다"]
    index = TokenIndex.of([TokenCodes.of(e.tokens) for e in encoder.embed_passages(texts)])
    query: NDArray[np.float32] = encoder.embed_query("녹차 밭은 얼마나 넓은가요?").tokens
    honey, tea = index.matches(query, [(0, 1), (1, 2)])
    assert tea.score > honey.score
