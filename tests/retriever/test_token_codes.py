"""Token vectors in four bits: what is lost, what is kept, and what is computed from them."""

import numpy as np
import pytest
from numpy.typing import NDArray

from retriever.encoder_base import Encoder
from retriever.token_codes import TokenCodes, products
from tests.retriever.decoding import decoded

TEXT = "보성의 녹차 재배 면적은 2023년에 1,050ha로 늘어났고 하동이 그 뒤를 이었다"


def unit_rows(count: int, dimension: int) -> NDArray[np.float32]:
    drawn = np.random.default_rng(11).normal(size=(count, dimension))
    return np.asarray(drawn / np.linalg.norm(drawn, axis=1, keepdims=True), dtype=np.float32)


def test_a_vector_worked_by_hand() -> None:
    # Standard deviation of (1, -1, 1, -1) is 1, so a step is .45 (.4500 in float16): 1 lies in the
    # step from .90 to 1.35, the third above the middle, and -1 in the third below it.
    codes = TokenCodes.of(np.array([[1, -1, 1, -1]], dtype=np.float32))
    assert codes.scales.tolist() == [np.float16(0.45)]
    assert codes.codes.tolist() == [[10 * 16 + 10, 5 * 16 + 5]]
    expected = np.array([[2.5, -2.5, 2.5, -2.5]]) * float(np.float16(0.45))
    np.testing.assert_allclose(decoded(codes), expected)


def test_what_is_within_reach_is_off_by_half_a_step_at_most() -> None:
    tokens = unit_rows(50, 384)
    codes = TokenCodes.of(tokens)
    steps = codes.scales.astype(np.float64)[:, np.newaxis]
    off = np.abs(decoded(codes) - tokens)
    inside = (tokens >= -8 * steps) & (tokens < 8 * steps)
    assert inside.mean() > 0.999
    assert (off <= 0.5001 * steps)[inside].all()
    assert np.where(inside, 0, np.abs(tokens) > np.abs(decoded(codes))).sum() == (~inside).sum()


def test_real_token_vectors_keep_their_direction(encoder: Encoder) -> None:
    tokens = encoder.embed_query(TEXT).tokens
    found = decoded(TokenCodes.of(tokens))
    cosines = (found * tokens).sum(axis=1) / np.linalg.norm(found, axis=1)
    assert len(tokens) > 10
    assert cosines.min() > 0.98


def test_products_are_dot_products_of_the_decoded_vectors(encoder: Encoder) -> None:
    codes = TokenCodes.of(encoder.embed_passages([TEXT])[0].tokens)
    query = encoder.embed_query("녹차 면적은 얼마인가요?").tokens
    found = products(codes.codes, codes.scales, query)
    assert found.shape == (len(codes.scales), len(query))
    np.testing.assert_allclose(found, decoded(codes) @ query.T, atol=1e-5)


@pytest.mark.parametrize("dimension", [1, 3, 5])
def test_an_odd_dimension_is_padded_and_the_padding_counts_nothing(dimension: int) -> None:
    tokens = unit_rows(4, dimension)
    codes = TokenCodes.of(tokens)
    assert codes.codes.shape == (4, (dimension + 1) // 2)
    query = unit_rows(2, dimension)
    expected = decoded(codes)[:, :dimension] @ query.T
    np.testing.assert_allclose(products(codes.codes, codes.scales, query), expected, atol=1e-6)


def test_no_tokens_become_one_that_is_like_nothing() -> None:
    codes = TokenCodes.of(np.empty((0, 6), dtype=np.float32))
    assert (codes.codes.shape, codes.scales.tolist()) == ((1, 3), [0.0])
    assert products(codes.codes, codes.scales, unit_rows(3, 6)).tolist() == [[0.0, 0.0, 0.0]]


def test_a_question_without_tokens_has_no_products() -> None:
    codes = TokenCodes.of(unit_rows(3, 6))
    assert products(codes.codes, codes.scales, unit_rows(0, 6)).shape == (3, 0)


@pytest.mark.parametrize(("count", "dimension"), [(0, 6), (1, 6), (7, 5), (300, 384)])
def test_bytes_bring_the_same_codes_back(count: int, dimension: int) -> None:
    codes = TokenCodes.of(unit_rows(count, dimension))
    back = TokenCodes.from_bytes(codes.to_bytes())
    np.testing.assert_array_equal(back.codes, codes.codes)
    np.testing.assert_array_equal(back.scales, codes.scales)
    assert back.codes.dtype == np.uint8
    assert back.scales.dtype == np.float16
