"""The figures of a search that comparisons of systems and of variants both tell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from functools import partial
from typing import Any

import numpy as np

from eval.metrics.interval import SEED, Interval, bootstrap_interval, mcnemar
from eval.metrics.ranking import (
    Judged,
    hit_at_k,
    mean_over,
    ndcg_at_k,
    recall_at_k,
    reciprocal_rank,
)

FEW = 5
"""Places that a reader, or a language model's prompt, has room for."""
DEPTH = 10
"""Places that MRR and nDCG look at."""


@dataclass(frozen=True, slots=True)
class RankFigures:
    """How good a search is.

    Attributes:
        hit1: share of questions whose first item is right, with its 95% interval.
        hit5, mrr10, ndcg10, recall5: means over questions; recall is of all that is wanted.
        p_hit1: chance of so uneven a hit@1 beside another search if neither were better
            (McNemar's exact test); None for that other search itself, and where there is none.
        first_ranks: rank of the first right item of each question, or None.
    """

    hit1: Interval
    hit5: float
    mrr10: float
    ndcg10: float
    recall5: float
    p_hit1: float | None
    first_ranks: tuple[int | None, ...]

    def by_name(self) -> dict[str, Any]:
        """Return the figures by their names."""
        return {field.name: getattr(self, field.name) for field in fields(RankFigures)}


def rank_figures(judged: Sequence[Judged], other: Sequence[bool] | None) -> RankFigures:
    """Work out the figures of one search.

    Args:
        judged: what was found for each question, and what it wants.
        other: whether another search put a right item first, question by question.
    """
    hits = first_hits(judged)
    reciprocals = [reciprocal_rank(*one) for one in judged]
    return RankFigures(
        hit1=bootstrap_interval([float(hit) for hit in hits], np.random.default_rng(SEED)),
        hit5=mean_over(partial(hit_at_k, k=FEW), judged),
        mrr10=mean_over(partial(reciprocal_rank, k=DEPTH), judged),
        ndcg10=mean_over(partial(ndcg_at_k, k=DEPTH), judged),
        recall5=mean_over(partial(recall_at_k, k=FEW), judged),
        p_hit1=None if other is None else mcnemar(hits, other).p_value,
        first_ranks=tuple(round(1 / share) if share else None for share in reciprocals),
    )


def first_hits(judged: Sequence[Judged]) -> list[bool]:
    """Tell of each question whether the first item is right."""
    return [hit_at_k(*one, k=1) == 1 for one in judged]
