"""The figures of the answers for a document and for a program."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from typing import Any

from eval.bench.report import number
from eval.grounding.measure import GroundingResult
from eval.quality.figures import Measured, Quality
from eval.quality.inventing import Inventing, Mode, Reached
from eval.quality.latency import Latency
from eval.quality.run import OWN_LEFT_OUT, OWN_UNANSWERABLE, TEST
from eval.refusal_curve.measure import RefusalCurve
from eval.report.figures import type_name
from eval.row_metrics import NAMES_IN_KOREAN
from eval.summary import Metric, Summary, ratio_metric

_NONE = "—"
_SPLIT_METRICS = (
    "right",
    "cited",
    "median_answer_chars",
    "quotes_exact",
    "citation_recall",
    "follow_ups",
    "refusal_precision",
    "refusal_recall",
    "refusal_f1",
    "answerable_refused",
    "hit@1",
    "hit@5",
    "ndcg@10",
)
_TYPE_METRICS = ("right", "cited", "hit@5", "refusal_recall", "answerable_refused")
_KINDS = {
    "figure": "지어낸 수치를 잡음",
    "words": "지어낸 말을 잡음",
    "marker": "틀린 인용을 잡음",
    "faithful": "뜻을 지킨 문장을 살림",
}
_CURVES = {
    OWN_UNANSWERABLE: "우리 질문 `test`, 처음부터 답이 없는 질문",
    OWN_LEFT_OUT: "우리 질문 `test`, 답이 든 단락을 뺌",
}
_MODES: dict[Mode, str] = {"stream": "스트리밍", "whole": "한꺼번에"}
# At 95%: no failure in n trials bounds the true share by about 3/n.
_NONE_SEEN = 3.0


def as_values(found: Quality) -> dict[str, Any]:
    """Return plain values for JSON, with the points of every curve."""
    values = asdict(found)
    for curve in values["curves"].values():
        for point in curve["curve"]["points"]:
            if point["threshold"] == float("inf"):
                point["threshold"] = None
    return values


def markdown(found: Quality) -> str:
    """Return the tables as Markdown, without a line feed at the end."""
    return "\n".join(_lines(found))


def _lines(found: Quality) -> Iterator[str]:
    yield from _answer_lines(found)
    yield from _refusal_lines(found)
    yield from _invention_lines(found)
    yield from ("", f"### 걸리는 시간({'HTTP' if found.over_http else '한 프로세스 안'})", "")
    yield from _table(("", "p50 ms", "p95 ms"), _latency_rows(found.latency))
    yield from ("", _measured_line(found.measured))


def _answer_lines(found: Quality) -> Iterator[str]:
    yield from ("### 답", "")
    yield from _table(("지표", *(f"`{split}`" for split in found.splits)), _split_rows(found))
    yield from ("", f"유형별(`{TEST}`):", "")
    names = [NAMES_IN_KOREAN[name] for name in _TYPE_METRICS]
    yield from _table(("유형", "문항", *names), _type_rows(found))


def _refusal_lines(found: Quality) -> Iterator[str]:
    yield from ("", "### 답이 있는지 가려내기", "")
    head = ("질문", "답 있음", "답 없음", "ROC-AUC", "거절 F1", "잘못 거절", "보정 오차(ECE)")
    yield from _table(head, [_curve_row(name, curve) for name, curve in found.curves.items()])
    yield from ("", "ROC 곡선(거짓 양성률 → 참 양성률):", "")
    for name, curve in found.curves.items():
        yield f"- {_curve_name(name)}: {_points(curve)}"


def _invention_lines(found: Quality) -> Iterator[str]:
    yield from ("", "### 지어내기", "", "문장 하나씩 검사한 것:", "")
    yield from _table(("", "문장", "비율"), _check_rows(found.checks))
    count = found.inventing.ways
    yield from ("", f"지어내는 모델을 질문에서 답까지 거친 것(지어내는 방법 {count}가지):", "")
    head = ("", "질문", "나간 틀린 수치", "나간 지어낸 말", "살아남은 뜻을 지킨 문장")
    yield from _table(head, [_mode_row(mode, found.inventing) for mode in _MODES])
    for mode, name in _MODES.items():
        ways = Counter(way for own in _of_mode(mode, found.inventing) for way in _figure_ways(own))
        if ways:
            said = ", ".join(f"`{way}` {count}" for way, count in ways.most_common())
            yield from ("", f"나간 틀린 수치의 방법({name}): {said}")


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield "|---" + "|---:" * (len(head) - 1) + "|"
    yield from (f"| {' | '.join(row)} |" for row in rows)


def _split_rows(found: Quality) -> list[tuple[str, ...]]:
    summaries = found.splits.values()
    counts = [_counts(summary) for summary in summaries]
    return [
        ("질문(답이 없는 것)", *counts),
        *(
            (NAMES_IN_KOREAN[name], *(_with_interval(s.metrics.get(name)) for s in summaries))
            for name in _SPLIT_METRICS
        ),
    ]


def _counts(summary: Summary) -> str:
    unanswerable = summary.metrics.get("refusal_recall")
    return f"{summary.questions} ({unanswerable.count if unanswerable else 0})"


def _type_rows(found: Quality) -> list[tuple[str, ...]]:
    return [
        (
            type_name(kind),
            str(summary.questions),
            *(_share(summary.metrics.get(name)) for name in _TYPE_METRICS),
        )
        for kind, summary in found.types.items()
    ]


def _curve_name(name: str) -> str:
    return _CURVES.get(name, f"제3자 질문(`{name}`), 답이 든 단락을 뺌")


def _curve_row(name: str, curve: RefusalCurve) -> tuple[str, ...]:
    answerable = sum(one.answerable for one in curve.asked)
    area, scores = curve.area, curve.scores
    return (
        _curve_name(name),
        str(answerable),
        str(len(curve.asked) - answerable),
        f"{area.estimate:.3f} [{area.low:.3f}, {area.high:.3f}]",
        _decimal(scores.f1),
        _decimal(scores.answerable_refused),
        f"{curve.calibration_error:.3f}",
    )


def _points(curve: RefusalCurve) -> str:
    """Return where the curve stands at some false positive rates."""
    places = (0.05, 0.1, 0.2, 0.3, 0.5)
    reached = [
        max(p.true_positive_rate for p in curve.curve.points if p.false_positive_rate <= place)
        for place in places
    ]
    return ", ".join(f"{x:g} → {y:.2f}" for x, y in zip(places, reached, strict=True))


def _check_rows(found: GroundingResult) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = []
    for kind, label in _KINDS.items():
        pairs = found.by_sentence.get(kind, ())  # type: ignore[call-overload]
        if pairs:
            share = ratio_metric(pairs)
            caught = sum(part for part, _ in pairs)
            said = _with_interval(share) if caught < share.count else _all_right(share.count)
            rows.append((label, f"{caught:,}/{share.count:,}", said))
    return rows


def _all_right(count: int) -> str:
    return f"1.000 (95% 한계 {1 - _NONE_SEEN / count:.4f})"


def _mode_row(mode: Mode, found: Inventing) -> tuple[str, ...]:
    own = _of_mode(mode, found)
    return (
        _MODES[mode],
        str(len(own)),
        _out_of(own, lambda one: one.figures),
        _out_of(own, lambda one: one.words),
        _with_interval(ratio_metric([one.faithful for one in own])) if own else _NONE,
    )


def _of_mode(mode: Mode, found: Inventing) -> list[Reached]:
    return [one for one in found.reached if one.mode == mode]


def _figure_ways(own: Reached) -> list[str]:
    return [way for way, _ in own.passed[: own.figures[0]]]


def _out_of(own: Sequence[Reached], of: Callable[[Reached], tuple[int, int]]) -> str:
    pairs = [of(one) for one in own]
    passed, said = sum(p for p, _ in pairs), sum(n for _, n in pairs)
    if not said:
        return _NONE
    if not passed:
        return f"{passed}/{said:,} (95% 한계 {_NONE_SEEN / said:.2%})"
    return f"{passed}/{said:,} ({_percents(ratio_metric(pairs))})"


def _percents(share: Metric) -> str:
    return f"{share.value:.2%} [{share.low:.2%}, {share.high:.2%}]"


def _latency_rows(times: Latency) -> list[tuple[str, ...]]:
    return [
        ("첫 문장", _milliseconds(times.first50), _milliseconds(times.first95)),
        ("답 전체", _milliseconds(times.whole50), _milliseconds(times.whole95)),
    ]


def _measured_line(about: Measured) -> str:
    load = "" if about.load is None else f", 시작할 때 1분 평균 부하 {about.load:.1f}"
    return (
        f"{about.on}, geungeo {about.version}, 코어 {about.cores}개{load}, 임베딩 {about.model},"
        f" 모두 {about.seconds:.0f}초."
    )


def _with_interval(metric: Metric | None) -> str:
    if metric is None:
        return _NONE
    if metric.value > 1:
        return f"{metric.value:.0f} [{metric.low:.0f}, {metric.high:.0f}]"
    return f"{metric.value:.3f} [{metric.low:.3f}, {metric.high:.3f}]"


def _milliseconds(metric: Metric) -> str:
    return f"{number(metric.value)} [{number(metric.low)}, {number(metric.high)}]"


def _share(metric: Metric | None) -> str:
    return _NONE if metric is None else f"{metric.value:.2f}"


def _decimal(value: float | None) -> str:
    return _NONE if value is None else f"{value:.3f}"
