import numpy as np
import pytest

from retriever.fusion import (
    FIRST_WEIGHTS,
    WEIGHTS,
    above_floor,
    by_maximum,
    normalised,
    ranks,
    reciprocal_rank,
    weighted,
)


def array(*values: float) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
    return np.array(values, dtype=np.float32)


def test_by_maximum_makes_the_best_one() -> None:
    assert by_maximum(array(2, 4, 0)).tolist() == [0.5, 1, 0]
    assert by_maximum(array(0, 0)).tolist() == [0, 0]


def test_above_floor_counts_only_what_exceeds_the_floor() -> None:
    # The floor is the third best, .80; the spread to the best, .90, is .10.
    scaled = above_floor(array(0.90, 0.85, 0.80, 0.70), floor_rank=2)
    assert scaled == pytest.approx([1, 0.5, 0, 0], abs=1e-5)


def test_above_floor_of_equals_is_all_ones() -> None:
    assert above_floor(array(0.8, 0.8)).tolist() == [1, 1]


def test_weighted_sums_what_has_a_weight() -> None:
    lists = {"morpheme": array(1, 0), "dense": array(0.5, 1), "other": array(9, 9)}
    total = weighted(lists, {"morpheme": 0.4, "dense": 0.6})
    assert total == pytest.approx([0.7, 0.6])


def test_reciprocal_rank_adds_one_over_k_and_rank() -> None:
    total = reciprocal_rank({"a": array(3, 1, 2), "b": array(1, 3, 2)}, k=60)
    assert total == pytest.approx([1 / 61 + 1 / 63, 1 / 63 + 1 / 61, 2 / 62])


def test_of_equals_the_earlier_ranks_higher() -> None:
    assert ranks(array(1, 2, 2)).tolist() == [3, 1, 2]


def test_each_signal_is_scaled_as_suits_it() -> None:
    values = array(0.9, 0.6, 0.5)
    assert normalised("coverage", values).tolist() == values.tolist()
    for cosine in ("dense", "late"):
        assert normalised(cosine, values) == pytest.approx([1, 0.25, 0], abs=1e-6)
    for lexical in ("morpheme", "bigram"):
        assert normalised(lexical, values) == pytest.approx([1, 2 / 3, 5 / 9])


def test_the_weights_make_scores_of_at_most_one() -> None:
    assert sum(WEIGHTS.values()) == pytest.approx(1)
    assert sum(FIRST_WEIGHTS.values()) == pytest.approx(1)
    assert set(FIRST_WEIGHTS) < set(WEIGHTS)
