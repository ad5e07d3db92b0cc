import math

import pytest

from eval.row_metrics import NAMES_IN_KOREAN, PAIRED, PRECISION
from eval.summary import summarise, summarise_by
from tests.eval.made import row, unanswerable_row

ROWS = [
    row("a", timings_ms={"total": 10.0}),
    row("b", right=False, refused=True, cited=False, timings_ms={"total": 30.0}),
    unanswerable_row("c", refused=True, timings_ms={"total": 20.0}),
    unanswerable_row("d", refused=False, right=False, timings_ms={"total": 40.0}),
]


def test_shares_are_of_the_questions_concerned() -> None:
    found = summarise(ROWS)
    values = {name: metric.value for name, metric in found.metrics.items()}
    assert found.questions == 4
    assert values["right"] == pytest.approx(1 / 2)
    assert values["refusal_recall"] == pytest.approx(1 / 2)
    assert values["refusal_precision"] == pytest.approx(1 / 2)
    assert values["refusal_f1"] == pytest.approx(1 / 2)  # 2 * 1 / (2 refused + 2 unanswerable)
    assert values["answerable_refused"] == pytest.approx(1 / 2)
    assert values["quotes_exact"] == 1
    assert values["median_answer_chars"] == 10
    assert {name: metric.count for name, metric in found.metrics.items()}["hit@1"] == 2
    assert found.latency == {"total": {"p50": 20.0, "p95": 40.0}}


def test_ranking_figures_follow_the_hits() -> None:
    hits = [{"passage_id": f"p{i}", "score": 1 / i, "rank": i} for i in range(1, 11)]
    # Of three quotes one is in p3, one in p7, and one in no passage.
    found = summarise([row(hits=hits, relevant=[["p3"], ["p7"], []])]).metrics
    assert (found["hit@1"].value, found["hit@5"].value) == (0, 1)
    assert found["mrr"].value == pytest.approx(1 / 3)
    assert found["recall@5"].value == pytest.approx(1 / 3)
    gain = 1 / math.log2(4) + 1 / math.log2(8)
    best = 1 + 1 / math.log2(3) + 1 / math.log2(4)
    assert found["ndcg@10"].value == pytest.approx(gain / best)


def test_intervals_hold_the_figure_and_do_not_change() -> None:
    rows = [row(str(i), right=i % 3 > 0) for i in range(30)]
    first, again = summarise(rows).metrics["right"], summarise(rows).metrics["right"]
    assert first == again
    assert first.value == pytest.approx(2 / 3)
    assert first.low < first.value < first.high
    assert first.low > 0.4
    assert first.high < 0.9


def test_metrics_that_concern_nobody_are_left_out() -> None:
    assert "refusal_recall" not in summarise([row()]).metrics
    assert "refusal_f1" not in summarise([row()]).metrics
    assert "right" not in summarise([unanswerable_row("c", refused=True)]).metrics


def test_rows_are_summed_up_by_group() -> None:
    by = summarise_by([*ROWS, row("e", type="list")], lambda r: r.type)
    assert {name: s.questions for name, s in by.items()} == {"factoid_number": 4, "list": 1}


def test_every_metric_has_a_korean_name() -> None:
    extra = {"questions", "refusal_f1", "median_answer_chars"}
    assert set(NAMES_IN_KOREAN) == set(PAIRED) | set(PRECISION) | extra
