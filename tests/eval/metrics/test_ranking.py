from math import log2

import pytest

from eval.metrics.ranking import (
    Relevance,
    average_precision,
    every_group_at_k,
    hit_at_k,
    mean_average_precision,
    mean_over,
    mean_reciprocal_rank,
    ndcg_at_k,
    precision_at_k,
    recall_at_k,
    reciprocal_rank,
)

RANKED = ["a", "b", "c", "d", "e"]
GRADED = {"b": 2.0, "d": 1.0, "z": 1.0, "a": 0.0}  # relevant at ranks 2 and 4; z is not found
GROUPS = [{"b", "c"}, {"e"}]  # first covered at ranks 2 and 5


def test_hit_is_one_when_any_of_the_first_k_is_relevant() -> None:
    assert hit_at_k(RANKED, GRADED, 1) == 0  # a has grade 0
    assert hit_at_k(RANKED, GRADED, 2) == 1
    assert hit_at_k(RANKED, GROUPS, 2) == 1


def test_recall_is_the_share_of_wanted_ids_or_groups() -> None:
    assert recall_at_k(RANKED, GRADED, 2) == 1 / 3  # b of b, d, z
    assert recall_at_k(RANKED, GRADED, 5) == 2 / 3
    assert recall_at_k(RANKED, GROUPS, 4) == 1 / 2  # c adds nothing to b
    assert recall_at_k(RANKED, GROUPS, 5) == 1


def test_every_group_needs_full_recall() -> None:
    assert every_group_at_k(RANKED, GROUPS, 4) == 0
    assert every_group_at_k(RANKED, GROUPS, 5) == 1


def test_precision_counts_empty_places_against_the_list() -> None:
    assert precision_at_k(RANKED, GRADED, 4) == 2 / 4
    assert precision_at_k(RANKED, GROUPS, 3) == 2 / 3  # b and c are both relevant
    assert precision_at_k(["b"], GRADED, 5) == 1 / 5


def test_reciprocal_rank_is_that_of_the_first_relevant_id() -> None:
    assert reciprocal_rank(RANKED, GRADED) == 1 / 2
    assert reciprocal_rank(RANKED, [{"e"}]) == 1 / 5
    assert reciprocal_rank(RANKED, [{"e"}], k=4) == 0
    assert reciprocal_rank([], GRADED) == 0


def test_average_precision_sums_precision_where_each_is_found() -> None:
    # b at rank 2: 1/2; d at rank 4: 2/4; z: 0.
    assert average_precision(RANKED, GRADED) == pytest.approx((1 / 2 + 2 / 4 + 0) / 3)
    assert average_precision(RANKED, GRADED, k=3) == pytest.approx((1 / 2) / 3)
    # First group at rank 2: 1/2; second at rank 5, where b, c and e are relevant: 3/5.
    assert average_precision(RANKED, GROUPS) == pytest.approx((1 / 2 + 3 / 5) / 2)
    # One id that covers both groups at rank 1 is all that is wanted.
    assert average_precision(["a", "b"], [{"a"}, {"a", "b"}]) == 1


def test_ndcg_divides_by_the_best_order() -> None:
    # Gains 0 2 0 1 0; the best order has 2 1 1.
    dcg = 2 / log2(3) + 1 / log2(5)
    best = 2 / log2(2) + 1 / log2(3) + 1 / log2(4)
    assert ndcg_at_k(RANKED, GRADED) == pytest.approx(dcg / best)
    # At 2: gains 0 2 over 2 1.
    assert ndcg_at_k(RANKED, GRADED, 2) == pytest.approx((2 / log2(3)) / (2 + 1 / log2(3)))


def test_ndcg_of_groups_gives_the_second_id_of_a_group_nothing() -> None:
    # Gains 0 1 0 0 1; the best order covers one group at each of ranks 1 and 2.
    dcg = 1 / log2(3) + 1 / log2(6)
    assert ndcg_at_k(RANKED, GROUPS) == pytest.approx(dcg / (1 + 1 / log2(3)))
    assert ndcg_at_k(["c", "e"], GROUPS) == 1
    assert ndcg_at_k(["x", "y"], [{"x", "y"}, {"y", "z"}]) == pytest.approx(
        (1 + 1 / log2(3)) / 2  # the best order is y, which covers both
    )


def test_means_are_over_questions() -> None:
    judged: list[tuple[list[str], Relevance]] = [(RANKED, GRADED), (RANKED, [{"a"}])]
    assert mean_reciprocal_rank(judged) == (1 / 2 + 1) / 2
    assert mean_average_precision(judged) == pytest.approx((1 / 3 + 1) / 2)
    assert mean_over(lambda r, g: hit_at_k(r, g, 1), judged) == 1 / 2


@pytest.mark.parametrize(
    ("ranked", "relevance", "k", "problem"),
    [
        (["a", "a"], GRADED, 1, "ranked twice"),
        (RANKED, GRADED, 0, "at least 1"),
        (RANKED, {"a": 0.0}, 1, "nothing is relevant"),
        (RANKED, [], 1, "nothing is relevant"),
        (RANKED, [set[str]()], 1, "nothing is relevant"),
    ],
)
def test_what_has_no_figure_is_refused(
    ranked: list[str], relevance: Relevance, k: int, problem: str
) -> None:
    for metric in (hit_at_k, recall_at_k, precision_at_k, ndcg_at_k, average_precision):
        with pytest.raises(ValueError, match=problem):
            metric(ranked, relevance, k)


def test_no_questions_have_no_mean() -> None:
    with pytest.raises(ValueError, match="no questions"):
        mean_reciprocal_rank([])
