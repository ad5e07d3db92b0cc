import numpy as np
import pytest

from eval.metrics.interval import (
    McNemar,
    bootstrap_interval,
    mcnemar,
    paired_bootstrap_interval,
    permutation_test,
)


def generator() -> np.random.Generator:
    return np.random.default_rng(7)


def test_equal_values_have_no_width() -> None:
    found = bootstrap_interval([0.5] * 8, generator(), resamples=50)
    assert (found.estimate, found.low, found.high) == (0.5, 0.5, 0.5)


def test_the_interval_of_two_values_is_that_of_their_resamples() -> None:
    # Means of two draws from {0, 1}: 0 (1/4), 0.5 (1/2), 1 (1/4). The 40 % in the middle lie
    # within 0.5; the 95 % in the middle reach from 0 to 1.
    inner = bootstrap_interval([0.0, 1.0], generator(), confidence=0.4)
    outer = bootstrap_interval([0.0, 1.0], generator(), confidence=0.95)
    assert (inner.low, inner.estimate, inner.high) == (0.5, 0.5, 0.5)
    assert (outer.low, outer.estimate, outer.high) == (0.0, 0.5, 1.0)


def test_it_comes_near_the_normal_interval_of_many_values() -> None:
    values = [1.0] * 300 + [0.0] * 100
    # Mean 0.75, standard error √(0.75 · 0.25 / 400) = 0.02165; ± 1.96 of it is ± 0.0424.
    found = bootstrap_interval(values, generator(), resamples=4000)
    assert found.estimate == 0.75
    assert found.low == pytest.approx(0.75 - 0.0424, abs=0.004)
    assert found.high == pytest.approx(0.75 + 0.0424, abs=0.004)


def test_the_same_seed_gives_the_same_interval() -> None:
    values = [0.1, 0.5, 0.9, 0.2]
    assert bootstrap_interval(values, generator()) == bootstrap_interval(values, generator())


def test_a_steady_gain_is_certain_however_the_questions_differ() -> None:
    found = paired_bootstrap_interval([0.0, 0.5, 0.25], [0.25, 0.75, 0.5], generator())
    assert (found.estimate, found.low, found.high) == (0.25, 0.25, 0.25)


def test_few_differences_are_permuted_exactly() -> None:
    # Three gains of 1: of 2³ swaps only +++ and --- are as far from 0: 2/8. Equal pairs
    # do not matter.
    assert permutation_test([0, 0, 0, 1], [1, 1, 1, 1], generator()) == 2 / 8
    # Gains 1 and -1: every swap has a sum at least as far from 0 as 0.
    assert permutation_test([0, 1], [1, 0], generator()) == 1
    # Gains 2 and 1: sums 3, 1, -1, -3, of which two are as far as 3.
    assert permutation_test([0, 0], [2, 1], generator()) == 2 / 4
    assert permutation_test([1, 1], [1, 1], generator()) == 1


def test_many_differences_are_permuted_at_random() -> None:
    # Twenty gains of 1: the exact value is 2 / 2²⁰, so no random swap comes as far.
    first, second = [0.0] * 20, [1.0] * 20
    assert permutation_test(first, second, generator(), rounds=999) == 1 / 1000


def test_mcnemar_is_the_exact_binomial_test() -> None:
    first = [True] * 1 + [False] * 5 + [True] * 4
    second = [False] * 1 + [True] * 5 + [True] * 4
    # b = 5, c = 1: 2 · (C(6,0) + C(6,1)) / 2⁶ = 2 · 7 / 64.
    assert mcnemar(first, second) == McNemar(5, 1, 14 / 64)
    assert mcnemar([True], [True]) == McNemar(0, 0, 1.0)
    assert mcnemar([False] * 3000, [True] * 3000).p_value == 0  # 2⁻²⁹⁹⁹ is too small for a float


def test_what_cannot_be_compared_is_refused() -> None:
    with pytest.raises(ValueError, match="1 and 2"):
        paired_bootstrap_interval([0.0], [0.0, 1.0], generator())
    with pytest.raises(ValueError, match="finite"):
        bootstrap_interval([float("nan")], generator())
    with pytest.raises(ValueError, match="figures are needed"):
        bootstrap_interval([], generator())
    with pytest.raises(ValueError, match="confidence"):
        bootstrap_interval([1.0], generator(), confidence=1)
    with pytest.raises(ValueError, match="round"):
        permutation_test([1.0], [0.0], generator(), rounds=0)
    with pytest.raises(ValueError, match="shorter"):
        mcnemar([True], [])
