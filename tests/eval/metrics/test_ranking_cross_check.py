"""Our ranking metrics against ``ir-measures`` (trec_eval) over random runs."""

from collections.abc import Callable
from functools import partial

import numpy as np
import pytest

from eval.metrics.ranking import (
    average_precision,
    hit_at_k,
    ndcg_at_k,
    precision_at_k,
    recall_at_k,
    reciprocal_rank,
)

ir_measures = pytest.importorskip("ir_measures", reason="ir-measures가 없어 대조하지 않음")

QUESTIONS = 300
IDS = [f"p{i}" for i in range(60)]
CUTS = (1, 3, 5, 10)
ROUNDING = 1e-12

Metric = Callable[[list[str], dict[str, float]], float]


def ours() -> dict[str, Metric]:
    """Return our metrics under the names that ``ir-measures`` gives them."""
    metrics: dict[str, Metric] = {"AP": average_precision, "RR": reciprocal_rank, "nDCG": ndcg_at_k}
    for k in CUTS:
        metrics[f"AP@{k}"] = partial(average_precision, k=k)
        metrics[f"RR@{k}"] = partial(reciprocal_rank, k=k)
        metrics[f"nDCG@{k}"] = partial(ndcg_at_k, k=k)
        metrics[f"P@{k}"] = partial(precision_at_k, k=k)
        metrics[f"R@{k}"] = partial(recall_at_k, k=k)
        metrics[f"Success@{k}"] = partial(hit_at_k, k=k)
    return metrics


def random_runs(seed: int) -> tuple[dict[str, list[str]], dict[str, dict[str, int]]]:
    """Return ranked ids, at times none, and grades 0..3 of which one at least is relevant."""
    generator = np.random.default_rng(seed)
    runs, grades = {}, {}
    for number in range(QUESTIONS):
        name = f"q{number}"
        length = int(generator.integers(1, 31))
        runs[name] = [str(i) for i in generator.permutation(IDS)[:length]]
        judged = generator.permutation(IDS)[: int(generator.integers(1, 16))]
        grades[name] = {str(i): int(generator.integers(0, 4)) for i in judged}
        grades[name][str(judged[0])] = int(generator.integers(1, 4))
    return runs, grades


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_they_agree_with_trec_eval(seed: int) -> None:
    runs, grades = random_runs(seed)
    metrics = ours()
    scored = {
        name: {i: float(-place) for place, i in enumerate(ranked)} for name, ranked in runs.items()
    }
    measures = [ir_measures.parse_measure(name) for name in metrics]
    theirs = list(ir_measures.iter_calc(measures, grades, scored))
    assert len(theirs) == len(metrics) * QUESTIONS
    for figure in theirs:
        graded = {i: float(grade) for i, grade in grades[figure.query_id].items()}
        mine = metrics[str(figure.measure)](runs[figure.query_id], graded)
        assert mine == pytest.approx(figure.value, abs=ROUNDING), figure
