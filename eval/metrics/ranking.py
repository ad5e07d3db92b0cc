"""How well a ranked list of ids holds what is relevant.

What is relevant is given in one of two ways:

* **graded**: ``{id: grade}``; a grade above 0 is relevant, and each such id is wanted.
* **and-of-ors**: groups of ids; every group is wanted, and any one id of a group will do
  (AutoRAG's ``retrieval_gt``). Groups of one id each are ordinary binary relevance.

Sources: Manning, Raghavan & Schütze, *Introduction to Information Retrieval* (2008), ch. 8;
Järvelin & Kekäläinen (2002) for nDCG, with trec_eval's linear gains. For graded relevance and
for groups of one id every figure equals trec_eval's.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Mapping, Sequence

Relevance = Mapping[str, float] | Sequence[Collection[str]]
"""Grades by id, or groups of which each needs one id."""

Judged = tuple[Sequence[str], Relevance]
"""One question: its ranked ids, best first, and what is relevant."""


def hit_at_k(ranked: Sequence[str], relevance: Relevance, k: int) -> float:
    """Return 1 when any of the first ``k`` ids is relevant, else 0.

    Args:
        ranked: ids, best first, none twice.
        relevance: what is relevant.
        k: how many ids are looked at, from 1.

    Raises:
        ValueError: when an id stands twice, ``k`` is under 1 or nothing is relevant.
    """
    wanted = _relevant_ids(relevance)
    return float(any(name in wanted for name in _top(ranked, k)))


def every_group_at_k(ranked: Sequence[str], relevance: Relevance, k: int) -> float:
    """Return 1 when the first ``k`` ids hold one of each group, else 0: recall@k is 1.

    Raises:
        ValueError: as ``hit_at_k``.
    """
    return float(recall_at_k(ranked, relevance, k) == 1)


def recall_at_k(ranked: Sequence[str], relevance: Relevance, k: int) -> float:
    """Return the share of groups that the first ``k`` ids cover, 0..1.

    ``R@k = |{g : g ∩ top_k ≠ ∅}| / |groups|``; with graded relevance each id is a group.

    Raises:
        ValueError: as ``hit_at_k``.
    """
    groups = _groups(relevance)
    top = set(_top(ranked, k))
    return sum(not group.isdisjoint(top) for group in groups) / len(groups)


def precision_at_k(ranked: Sequence[str], relevance: Relevance, k: int) -> float:
    """Return the share of the first ``k`` places that hold a relevant id, 0..1.

    ``P@k = |relevant ∩ top_k| / k``: places that a shorter list leaves empty count against it.

    Raises:
        ValueError: as ``hit_at_k``.
    """
    wanted = _relevant_ids(relevance)
    return sum(name in wanted for name in _top(ranked, k)) / k


def reciprocal_rank(ranked: Sequence[str], relevance: Relevance, k: int | None = None) -> float:
    """Return ``1 / rank`` of the first relevant id, or 0 when there is none, 0..1.

    Args:
        ranked: ids, best first, none twice.
        relevance: what is relevant.
        k: how many ids are looked at; all of them when left out.

    Raises:
        ValueError: as ``hit_at_k``.
    """
    wanted = _relevant_ids(relevance)
    ranks = (rank for rank, name in enumerate(_top(ranked, k), start=1) if name in wanted)
    return 1 / next(ranks, math.inf)


def average_precision(ranked: Sequence[str], relevance: Relevance, k: int | None = None) -> float:
    """Return the mean, over groups, of the precision where each is first covered, 0..1.

    ``AP = (1 / |groups|) Σ_g P@r(g)``, ``r(g)`` the rank of the first id of ``g``; a group that
    is not found adds 0. With one id a group this is the ordinary average precision.

    Args:
        ranked: ids, best first, none twice.
        relevance: what is relevant.
        k: how many ids are looked at; all of them when left out.

    Raises:
        ValueError: as ``hit_at_k``.
    """
    waiting = _groups(relevance)
    count = len(waiting)
    wanted = frozenset[str]().union(*waiting)
    found, total = 0, 0.0
    for rank, name in enumerate(_top(ranked, k), start=1):
        found += name in wanted
        covered = [group for group in waiting if name in group]
        total += len(covered) * found / rank
        waiting = [group for group in waiting if name not in group]
    return total / count


def ndcg_at_k(ranked: Sequence[str], relevance: Relevance, k: int | None = None) -> float:
    """Return the discounted gain of the first ``k`` ids over that of the best order, 0..1.

    ``DCG = Σ_i gain_i / log2(i + 1)``, ``nDCG = DCG / DCG of the best order``. The gain is the
    grade; with groups it is the number of groups that the id covers first, so that a second id
    of a group gains nothing and one id of each group, foremost, is a full 1. The best order is
    then the greedy one, which is exact where no id stands in two groups.

    Args:
        ranked: ids, best first, none twice.
        relevance: what is relevant.
        k: how many ids are looked at; all of them when left out.

    Raises:
        ValueError: as ``hit_at_k``.
    """
    top = _top(ranked, k)
    if isinstance(relevance, Mapping):
        _groups(relevance)
        gains = [max(relevance.get(name, 0.0), 0.0) for name in top]
        best = sorted((max(grade, 0.0) for grade in relevance.values()), reverse=True)
    else:
        groups = _groups(relevance)
        gains = _new_groups(top, groups)
        best = _best_cover(groups)
    return _dcg(gains) / _dcg(best[:k])


def mean_over(
    metric: Callable[[Sequence[str], Relevance], float], judged: Sequence[Judged]
) -> float:
    """Return the mean of a metric over questions, such as MRR of ``reciprocal_rank``.

    Args:
        metric: takes ranked ids and relevance; bind ``k`` with ``functools.partial``.
        judged: one ranking and its relevance a question.

    Raises:
        ValueError: when there are no questions, or as the metric does.
    """
    if not judged:
        raise ValueError("no mean of no questions")
    return math.fsum(metric(ranked, relevance) for ranked, relevance in judged) / len(judged)


def mean_reciprocal_rank(judged: Sequence[Judged]) -> float:
    """Return MRR: the mean ``reciprocal_rank`` over questions, 0..1."""
    return mean_over(reciprocal_rank, judged)


def mean_average_precision(judged: Sequence[Judged]) -> float:
    """Return MAP: the mean ``average_precision`` over questions, 0..1."""
    return mean_over(average_precision, judged)


def _top(ranked: Sequence[str], k: int | None) -> Sequence[str]:
    if k is not None and k < 1:
        raise ValueError(f"k must be at least 1, not {k}")
    if len(set(ranked)) != len(ranked):
        raise ValueError("an id is ranked twice")
    return ranked[:k]


def _groups(relevance: Relevance) -> list[frozenset[str]]:
    if isinstance(relevance, Mapping):
        groups = [frozenset({name}) for name, grade in relevance.items() if grade > 0]
    else:
        groups = [frozenset(group) for group in relevance]
    if not groups or not all(groups):
        raise ValueError("nothing is relevant: an unanswerable question has no ranking figure")
    return groups


def _relevant_ids(relevance: Relevance) -> frozenset[str]:
    return frozenset[str]().union(*_groups(relevance))


def _dcg(gains: Sequence[float]) -> float:
    return math.fsum(gain / math.log2(rank + 1) for rank, gain in enumerate(gains, start=1))


def _new_groups(names: Sequence[str], groups: list[frozenset[str]]) -> list[float]:
    gains = []
    for name in names:
        gains.append(float(sum(name in group for group in groups)))
        groups = [group for group in groups if name not in group]
    return gains


def _best_cover(groups: list[frozenset[str]]) -> list[float]:
    gains = []
    while groups:
        names = sorted(frozenset[str]().union(*groups))
        best = max(names, key=lambda name: sum(name in group for group in groups))
        gains += _new_groups([best], groups)
        groups = [group for group in groups if best not in group]
    return gains
