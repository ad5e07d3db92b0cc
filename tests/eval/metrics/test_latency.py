import pytest

from eval.metrics.latency import StageLatency, latency_by_stage, quantile


def test_a_quantile_is_a_measured_time() -> None:
    values = [40.0, 10.0, 30.0, 20.0]
    assert quantile(values, 0.5) == 20  # ⌈0.5 · 4⌉ = 2nd
    assert quantile(values, 0.51) == 30  # ⌈2.04⌉ = 3rd
    assert quantile(values, 0) == 10
    assert quantile(values, 1) == 40
    for wrong in ([], values):
        with pytest.raises(ValueError, match="no quantile"):
            quantile(wrong, 1.5)


def test_each_stage_counts_the_questions_that_passed_through_it() -> None:
    timings = [{"search": float(ms), "total": ms + 1.0} for ms in range(1, 101)]
    timings.append({"total": 500.0})
    found = latency_by_stage(timings)
    # 1..100: mean 50.5; 50th, 95th and 99th of 100.
    assert found["search"] == StageLatency(100, 50.5, 50.0, 95.0, 99.0, 100.0)
    assert found["total"].count == 101
    assert found["total"].longest == 500
    assert list(found) == ["search", "total"]
    assert latency_by_stage([]) == {}
