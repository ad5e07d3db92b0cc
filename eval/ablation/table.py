"""The figures of an ablation for a terminal, for a program and for a document."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from typing import Any

from eval.ablation.measure import Figures
from eval.ablation.variant import FULL, Variant
from eval.bench.report import number

_NONE = "—"
_SMALLEST_P = 0.001


@dataclass(frozen=True, slots=True)
class Ablation:
    """All that one run found.

    Attributes:
        kind: of the set.
        title: of the set, for people.
        split: the part that was asked; None for all.
        by_document: whether found items are documents; else passages.
        documents, passages: how many are searched.
        question_ids: of those asked, in order.
        embedding_model, reranker: names; None for no reranker.
        version: of this installation.
        measured_on: ISO date.
        cores: how many the process may use.
        load: processes that wanted to run over the minute before; None where unknown.
        seconds: how long searching took.
        variants: in the order of the table.
        figures: by the variant's name.
    """

    kind: str
    title: str
    split: str | None
    by_document: bool
    documents: int
    passages: int
    question_ids: Sequence[str]
    embedding_model: str
    reranker: str | None
    version: str
    measured_on: str
    cores: int
    load: float | None
    seconds: float
    variants: Sequence[Variant]
    figures: Mapping[str, Figures]


def as_values(run: Ablation) -> dict[str, Any]:
    """Return plain values for JSON, with the rank of every question."""
    apart = {"variants", "figures"}
    values = {f.name: getattr(run, f.name) for f in fields(run) if f.name not in apart}
    values["variants"] = {
        variant.name: {"label": variant.label, **asdict(run.figures[variant.name])}
        for variant in run.variants
    }
    return values


def terminal_rows(run: Ablation) -> list[tuple[str, ...]]:
    """Return the table for a terminal, its heading first."""
    return [
        _heading(),
        *(_cells(variant.label, run.figures[variant.name]) for variant in run.variants),
    ]


def summary_line(run: Ablation) -> str:
    """Say in one line what was measured."""
    part = f" {run.split}" if run.split else ""
    what = "문서로" if run.by_document else "근거 단락으로"
    return (
        f"{run.title}{part}: 질문 {len(run.question_ids):,}개, 문서 {run.documents:,}개,"
        f" 단락 {run.passages:,}개, {what} 채점"
    )


def markdown(run: Ablation) -> str:
    """Return the table as Markdown, without a line feed at the end."""
    return "\n".join(_lines(run))


def _heading() -> tuple[str, ...]:
    return (
        "변형",
        "hit@1",
        "95% 구간",
        "hit@5",
        "MRR@10",
        "nDCG@10",
        "재현율@5",
        "p(hit@1)",
        "p50 ms",
        "p95 ms",
    )


def _cells(label: str, figures: Figures) -> tuple[str, ...]:
    hit = figures.hit1
    return (
        label,
        f"{hit.estimate:.3f}",
        f"[{hit.low:.3f}, {hit.high:.3f}]",
        f"{figures.hit5:.3f}",
        f"{figures.mrr10:.3f}",
        f"{figures.ndcg10:.3f}",
        f"{figures.recall5:.3f}",
        _p_value(figures.p_hit1),
        number(figures.ms50),
        number(figures.ms95),
    )


def _lines(run: Ablation) -> Iterator[str]:
    yield from (f"{summary_line(run)}.", "")
    head = _heading()
    yield f"| {' | '.join(head)} |"
    yield "| --- " + "| ---: " * (len(head) - 1) + "|"
    for variant in run.variants:
        label = f"**{variant.label}**" if variant.name == FULL else variant.label
        yield f"| {' | '.join(_cells(label, run.figures[variant.name]))} |"
    reranker = f", 재정렬 {run.reranker}" if run.reranker else ""
    load = "" if run.load is None else f", 시작할 때 1분 평균 부하 {run.load:.1f}"
    yield ""
    yield (
        f"{run.measured_on}, geungeo {run.version}, 코어 {run.cores}개{load},"
        f" 임베딩 {run.embedding_model}{reranker}, 찾는 데 {run.seconds:.0f}초."
    )


def _p_value(p: float | None) -> str:
    if p is None:
        return _NONE
    return f"<{_SMALLEST_P}" if p < _SMALLEST_P else f"{p:.3f}"
