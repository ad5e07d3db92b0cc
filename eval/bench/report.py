"""A run as Markdown in Korean and as plain values for JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from eval.bench.figure import Figure, Section
from eval.bench.machine import Machine
from eval.bench.quantiles import median

_NONE = "—"
_LARGE, _MIDDLE, _SMALL = 100, 10, 0.1
_INTRODUCTION = """\
`make bench`로 다시 잴 수 있습니다. 비교 대상이 있는 항목은 같은 실행에서 근거와 비교 대상을
번갈아 재어, 컴퓨터가 바쁜 순간이 양쪽에 고루 걸리게 했습니다. 값은 차례별 값의 중앙값이고,
비율은 이웃한 차례끼리 견준 비율의 중앙값입니다. 비율이 1보다 크면 근거가 그만큼 낫고, 1보다
작으면 비교 대상이 낫습니다(빠름, 많음, 작음)."""


@dataclass(frozen=True, slots=True)
class Run:
    """All that one run found.

    Attributes:
        machine: what it ran on.
        quick: whether rounds and texts were cut short.
        seconds: how long it took.
        sections: by name of the benchmark.
        failures: why a benchmark gave nothing, by its name.
    """

    machine: Machine
    quick: bool
    seconds: float
    sections: Mapping[str, Section]
    failures: Mapping[str, str]


def as_values(run: Run) -> dict[str, Any]:
    """Return plain values, with every round's value and the ratios."""
    sections = {
        name: {
            **asdict(section),
            "figures": [{**asdict(f), "ratio": f.ratio} for f in section.figures],
        }
        for name, section in run.sections.items()
    }
    return {**asdict(run), "sections": sections}


def markdown(run: Run) -> str:
    """Return the report as a Markdown file."""
    return "\n".join(_lines(run)) + "\n"


def number(value: float) -> str:
    """Write a value with about three digits that matter."""
    if value >= _LARGE:
        return f"{value:,.0f}"
    if value >= _MIDDLE:
        return f"{value:.1f}"
    if value >= 1:
        return f"{value:.2f}"
    return f"{value:.3f}" if value >= _SMALL else f"{value:.2g}"


def missed_targets(sections: Sequence[Section]) -> list[str]:
    """Name the figures whose ratio is below what was aimed at."""
    return [
        f"{figure.name}: {number(figure.ratio)}배 (목표 {figure.target}배 이상)"
        for section in sections
        for figure in section.figures
        if figure.target is not None and figure.ratio is not None and figure.ratio < figure.target
    ]


def _lines(run: Run) -> Iterator[str]:
    yield from ("# 속도·크기·메모리", "", _INTRODUCTION, "")
    if run.quick:
        yield from ("**`--quick`으로 짧게 잰 값이라 흔들림이 큽니다.**", "")
    yield from _machine_lines(run.machine, run.seconds)
    for section in run.sections.values():
        yield from _section_lines(section)
    for name, reason in run.failures.items():
        yield from (f"## {name}", "", f"측정하지 못했습니다: {reason}", "")


def _machine_lines(machine: Machine, seconds: float) -> Iterator[str]:
    yield from ("## 잰 곳", "", "| 항목 | 값 |", "| --- | --- |")
    yield f"| 날짜 | {machine.measured_on} |"
    yield f"| 프로세서 | {machine.processor}, 코어 {machine.cores}개 |"
    yield f"| 메모리 | {machine.memory_gib} GiB |"
    yield f"| 운영체제 | {machine.system} |"
    yield f"| Python | {machine.python} |"
    versions = ", ".join(f"{name} {version}" for name, version in machine.packages.items())
    yield f"| 패키지 | {versions} |"
    if machine.load is not None:
        yield f"| 시작할 때 1분 평균 부하 | {machine.load} |"
    yield from (f"| 걸린 시간 | {seconds / 60:.1f}분 |", "")


def _section_lines(section: Section) -> Iterator[str]:
    yield from (f"## {section.title}", "", section.setup, "")
    yield from ("| 항목 | 단위 | 근거 | 비교 대상 | 비율 |", "| --- | --- | ---: | ---: | ---: |")
    for figure in section.figures:
        yield _row(figure)
    yield ""
    if section.remarks:
        yield from (*(f"- {remark}" for remark in section.remarks), "")


def _row(figure: Figure) -> str:
    ours, peer = (
        number(median(values)) if values else _NONE for values in (figure.ours, figure.peer)
    )
    ratio = _NONE if figure.ratio is None else number(figure.ratio)
    if figure.target is not None:
        ratio += f" (목표 {figure.target} 이상)"
    return f"| {figure.name} | {figure.unit} | {ours} | {peer} | {ratio} |"
