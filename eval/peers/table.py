"""A comparison as Markdown in Korean, and where it stands in the document."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from eval.bench.machine import Machine
from eval.bench.report import number
from eval.marked_part import MarkedPart
from eval.peers.comparison import SystemFigures
from eval.peers.sets import PeerSet
from eval.peers.systems import OURS, SYSTEMS

PART = MarkedPart("<!-- 표 시작 -->", "<!-- 표 끝 -->")
_NONE = "—"
_SMALLEST_P = 0.001


@dataclass(frozen=True, slots=True)
class Comparison:
    """All that one run found.

    Attributes:
        machine: what it ran on.
        threads: of every system.
        versions: of the packages the systems stand on, by name.
        seconds: how long it took.
        sets: each set with the figures of the systems.
    """

    machine: Machine
    threads: int
    versions: Mapping[str, str]
    seconds: float
    sets: Sequence[tuple[PeerSet, Mapping[str, SystemFigures]]]


def as_values(run: Comparison) -> dict[str, Any]:
    """Return plain values for JSON, with the rank of every question."""
    sets = {
        given.name: {
            "title": given.title,
            "questions": [question.id for question in given.questions],
            "systems": {name: asdict(figures) for name, figures in found.items()},
        }
        for given, found in run.sets
    }
    machine = {**asdict(run.machine), "packages": dict(run.versions)}
    return {"machine": machine, "threads": run.threads, "seconds": run.seconds, "sets": sets}


def markdown(run: Comparison) -> str:
    """Return the tables as Markdown, without a line feed at the end."""
    return "\n".join(_lines(run)).strip()


def _lines(run: Comparison) -> Iterator[str]:
    for given, found in run.sets:
        yield from _set_lines(given, found)
    names = [name for name in SYSTEMS if any(name in found for _, found in run.sets)]
    yield from ("### 구성", "", "| 이름 | 구성 |", "| --- | --- |")
    yield from (f"| {SYSTEMS[name].label} | {SYSTEMS[name].setup} |" for name in names)
    yield from ("", "### 잰 곳", "", "| 항목 | 값 |", "| --- | --- |")
    machine = run.machine
    yield f"| 날짜 | {machine.measured_on} |"
    yield f"| 프로세서 | {machine.processor}, 코어 {machine.cores}개, 스레드 {run.threads}개씩 |"
    yield f"| 메모리 | {machine.memory_gib} GiB |"
    yield f"| 운영체제 | {machine.system}, Python {machine.python} |"
    yield f"| 패키지 | {', '.join(f'{name} {v}' for name, v in run.versions.items())} |"
    if machine.load is not None:
        yield f"| 시작할 때 1분 평균 부하 | {machine.load} |"
    yield f"| 걸린 시간 | {run.seconds / 60:.1f}분 |"


def _set_lines(given: PeerSet, found: Mapping[str, SystemFigures]) -> Iterator[str]:
    fourth = "근거 재현율@5" if given.by_quote else "nDCG@10"
    yield from (f"### {given.title}", "")
    yield f"파일 {len(given.files):,}개, 질문 {len(given.questions):,}개."
    yield ""
    yield (
        f"| 이름 | hit@1 [95% 구간] | hit@5 | MRR@10 | {fourth} | p(hit@1) | 상위 5개 글자 수"
        " | 검색 p50 ms | p95 ms | 색인 초 | 조각 |"
    )
    yield "| --- " + "| ---: " * 10 + "|"
    for name, figures in found.items():
        yield _row(name, figures, given.by_quote)
    yield ""


def _row(name: str, figures: SystemFigures, by_quote: bool) -> str:
    label = SYSTEMS[name].label
    hit = figures.hit1
    cells = (
        f"**{label}**" if name == OURS else label,
        f"{hit.estimate:.3f} [{hit.low:.3f}, {hit.high:.3f}]",
        f"{figures.hit5:.3f}",
        f"{figures.mrr10:.3f}",
        f"{figures.recall5 if by_quote else figures.ndcg10:.3f}",
        _p_value(figures.p_hit1),
        f"{figures.chars5:,.0f}",
        number(figures.ms50),
        number(figures.ms95),
        number(figures.index_seconds),
        f"{figures.items:,}",
    )
    return f"| {' | '.join(cells)} |"


def _p_value(p: float | None) -> str:
    if p is None:
        return _NONE
    return f"<{_SMALLEST_P}" if p < _SMALLEST_P else f"{p:.3f}"
