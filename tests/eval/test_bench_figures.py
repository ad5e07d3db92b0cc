import pytest

from eval.bench.figure import Figure, advantage
from eval.bench.interleave import alternate
from eval.bench.quantiles import median, p50, p95, quantile
from eval.bench.query_latency import query_figures


def test_median_of_odd_and_even_counts() -> None:
    assert median([5.0, 1.0, 3.0]) == 3.0
    assert median([4.0, 1.0, 3.0, 2.0]) == 2.5


def test_quantile_is_a_value_that_was_measured() -> None:
    values = [float(n) for n in range(20, 0, -1)]
    assert p50(values) == 10.0  # 10 of 20 do not exceed it
    assert p95(values) == 19.0  # 19 of 20
    assert quantile(values, 1.0) == 20.0
    assert quantile(values, 0.0) == 1.0
    assert p95([7.0]) == 7.0


@pytest.mark.parametrize(("values", "share"), [([], 0.5), ([1.0], 1.1), ([1.0], -0.1)])
def test_no_quantile(values: list[float], share: float) -> None:
    with pytest.raises(ValueError, match="no quantile"):
        quantile(values, share)


def test_no_median_of_nothing() -> None:
    with pytest.raises(ValueError, match="no median"):
        median([])


def test_advantage_is_above_one_where_ours_is_better() -> None:
    assert advantage((200.0,), (100.0,), more_is_better=True) == 2.0
    assert advantage((5.0,), (10.0,), more_is_better=False) == 2.0
    assert advantage((10.0,), (5.0,), more_is_better=False) == 0.5


def test_advantage_compares_rounds_that_ran_side_by_side() -> None:
    # Both slowed down in the second round: its ratio stays 2 and so does the median of 2, 2, 3.
    assert advantage((1.0, 10.0, 1.0), (2.0, 20.0, 3.0), more_is_better=False) == 2.0


def test_advantage_of_unlike_numbers_of_rounds_compares_medians() -> None:
    assert advantage((1.0, 2.0, 3.0), (4.0,), more_is_better=False) == 2.0


def test_no_advantage_without_a_peer_or_over_nothing() -> None:
    assert advantage((1.0,), (), more_is_better=True) is None
    assert advantage((0.0,), (1.0,), more_is_better=False) is None
    assert Figure("다른 일", "초", (1.0,), (2.0,), compared=False).ratio is None


def test_alternate_takes_turns() -> None:
    calls: list[str] = []

    def take(name: str, turn: int) -> str:
        calls.append(f"{name}{turn}")
        return calls[-1]

    found = alternate(2, lambda turn: take("a", turn), lambda turn: take("b", turn))
    assert calls == ["a0", "b0", "a1", "b1"]
    assert found == (["a0", "a1"], ["b0", "b1"])


def test_an_answer_without_a_search_has_no_part_in_the_times_of_searching() -> None:
    searched = dict.fromkeys(("analyse", "embed", "retrieve", "answer"), 2.0) | {"total": 8.0}
    found = {figure.name: figure for figure in query_figures([[searched, {"total": 1.0}]], [[4.0]])}
    assert found["임베딩 p50"].ours == (2.0,)
    assert found["전체 p95"].ours == (8.0,)
