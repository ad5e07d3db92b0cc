"""Runs, comparisons and checks as a person or a program reads them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from eval.comparison import Change, Comparison, in_words
from eval.gate import Check
from eval.gold_set import GoldQuestion
from eval.row import Row
from eval.row_metrics import LOWER_IS_BETTER, NAMES_IN_KOREAN
from eval.run_record import RunRecord
from eval.shared_words import FEW_SHARED, SharedWords
from eval.summary import Metric, Summary
from eval.terminal import say, say_table

_MOST_CHARS = 160
_BY_TYPE = ("right", "cited", "hit@1", "hit@5", "refusal_recall")
_LISTED = ("right", "cited", "hit@1", "hit@5", "refusal_f1")
_STAGES_FIRST = ("total", "http")


def run_json(record: RunRecord, rows: Sequence[Row], folder: Path) -> dict[str, Any]:
    """Return a run as ``geungeo eval run --json`` prints it."""
    return {"folder": str(folder), "run": asdict(record), "rows": [asdict(row) for row in rows]}


def show_run(record: RunRecord, rows: Sequence[Row]) -> None:
    """Show what went wrong, then the figures, and the same by type."""
    for row in rows:
        if not row.right or (row.answerable and not row.cited):
            mark = "오답" if not row.right else "근거 다름"
            say(f"{mark}  {row.id} ({row.type}) {row.question}")
            say(f"      → {_short(row.answer)}")
    say()
    say_table([("지표", "값", "95% 구간", "문항"), *_metric_rows(record.summary)])
    say()
    say_table(_type_rows(record.by_type))
    say()
    say_table([("단계(ms)", "p50", "p95"), *_latency_rows(record.summary.latency)])
    say()
    say(f"질문 {record.summary.questions}개, {record.seconds}초 걸렸습니다.")


def list_json(records: Sequence[RunRecord]) -> dict[str, Any]:
    """Return stored runs as ``geungeo eval list --json`` prints them."""
    names = ("name", "created", "gold", "split", "config", "index", "version")
    return {
        "runs": [
            {
                **{name: asdict(record)[name] for name in names},
                "questions": record.summary.questions,
                "summary": asdict(record.summary),
            }
            for record in records
        ]
    }


def show_list(records: Sequence[RunRecord]) -> None:
    """Show one line a stored run, the oldest first."""
    if not records:
        say("저장된 실행이 없습니다. `geungeo eval run`으로 만드세요.")
        return
    head = ("이름", "시각(UTC)", "부분", "질문", *(NAMES_IN_KOREAN[name] for name in _LISTED))
    rows = [
        (
            record.name,
            record.created[:19],
            record.split or "전체",
            str(record.summary.questions),
            *(_value(record.summary.metrics.get(name)) for name in _LISTED),
        )
        for record in records
    ]
    say_table([head, *rows])


def show_comparison(before: str, after: str, found: Comparison) -> None:
    """Show each metric's difference, and the questions that got better and worse."""
    say(f"{before} → {after}: 질문 {found.questions}개")
    for text in found.notes:
        say(f"  주의: {text}")
    say()
    rows = [
        (
            NAMES_IN_KOREAN[d.metric],
            f"{d.before:.3f}",
            f"{d.after:.3f}",
            f"{d.gain:+.3f}",
            f"[{d.low:+.3f}, {d.high:+.3f}]",
            in_words(d),
        )
        for d in found.differences
    ]
    say_table([("지표", "이전", "나중", "차이", "95% 구간", "판단"), *rows])
    name = NAMES_IN_KOREAN[found.metric]
    _show_changes(f"나아진 질문({name})", found.better)
    _show_changes(f"나빠진 질문({name})", found.worse)


def gate_json(record: RunRecord, found: Sequence[Check]) -> dict[str, Any]:
    """Return checks as ``geungeo eval gate --json`` prints them."""
    return {
        "run": record.name,
        "passed": all(check.passed for check in found),
        "checks": [{**asdict(check), "passed": check.passed} for check in found],
    }


def show_gate(record: RunRecord, found: Sequence[Check]) -> None:
    """Show every bound beside its figure, and how far below it is."""
    for check in found:
        mark = "✓" if check.passed else "✗"
        value = "잰 값 없음" if check.value is None else f"{check.value:.3f}"
        side = "이상" if check.kind == "at_least" else "이하"
        text = f"{mark} {check.split} {NAMES_IN_KOREAN[check.metric]}({check.metric}): {value}"
        short = "" if check.passed else _short_by(check)
        say(f"{text} (기준 {check.bound:g} {side}){short}")
    failed = sum(not check.passed for check in found)
    say(
        f"실행 {record.name}: 기준 {len(found)}가지 가운데 {failed}가지에 못 미칩니다."
        if failed
        else f"실행 {record.name}: 기준 {len(found)}가지를 모두 넘습니다."
    )


def gold_json(
    path: Path, questions: Sequence[GoldQuestion], wrong: Sequence[str], shared: SharedWords | None
) -> dict[str, Any]:
    """Return what was found in a gold set as ``geungeo eval check-gold --json`` prints it."""
    return {
        "gold": str(path),
        "questions": len(questions),
        "problems": list(wrong),
        "few_shared_at_most": FEW_SHARED,
        "shared_words": asdict(shared) if shared else None,
    }


def show_gold(
    path: Path, questions: Sequence[GoldQuestion], wrong: Sequence[str], shared: SharedWords | None
) -> None:
    """Show what is wrong with a gold set, and how much its questions share with the evidence."""
    for text in wrong:
        say(f"✗ {text}")
    splits = sorted({question.split for question in questions})
    counts = ", ".join(f"{s} {sum(q.split == s for q in questions)}개" for s in splits)
    unanswerable = sum(not question.answerable for question in questions)
    say(f"{path}: 질문 {len(questions)}개({counts}), 그 가운데 답이 없는 것 {unanswerable}개")
    if shared is not None:
        say(
            f"근거와 겹치는 내용어가 {FEW_SHARED:.0%} 이하인 질문: 형태소로 {shared.few:.1%},"
            f" 낱말 안 두 글자로 {shared.few_pairs:.1%} (답이 있는 {shared.questions}개 가운데)"
        )
        _show_means("바꾸어 썼다고 표시한 질문", shared.marked_mean, shared.marked_mean_pairs)
        _show_means("나머지 질문", shared.other_mean, shared.other_mean_pairs)
    say(f"고칠 것이 {len(wrong)}가지 있습니다." if wrong else "이상이 없습니다.")


def _show_means(what: str, words: float | None, pairs: float | None) -> None:
    if words is not None and pairs is not None:
        say(f"  {what}의 겹침 평균: 형태소 {words:.1%}, 두 글자 {pairs:.1%}")


def _show_changes(title: str, changes: Sequence[Change]) -> None:
    say()
    say(f"{title}: {len(changes)}개")
    for change in changes:
        say(f"  {change.id} ({change.type}) {change.question}  {change.before:g}→{change.after:g}")
        say(f"      이전: {_short(change.answer_before)}")
        say(f"      나중: {_short(change.answer_after)}")


def _metric_rows(summary: Summary) -> list[tuple[str, ...]]:
    return [
        (
            f"{NAMES_IN_KOREAN[name]} ({name})" + (" ↓" if name in LOWER_IS_BETTER else ""),
            _value(metric),
            f"[{_number(metric.low)}, {_number(metric.high)}]",
            str(metric.count),
        )
        for name, metric in summary.metrics.items()
    ]


def _type_rows(by_type: Mapping[str, Summary]) -> list[tuple[str, ...]]:
    head = ("유형", "문항", *(NAMES_IN_KOREAN[name] for name in _BY_TYPE))
    rows = [
        (kind, str(s.questions), *(_value(s.metrics.get(name)) for name in _BY_TYPE))
        for kind, s in by_type.items()
    ]
    return [head, *rows]


def _latency_rows(latency: Mapping[str, Mapping[str, float]]) -> list[tuple[str, ...]]:
    names = sorted(latency, key=lambda name: name in _STAGES_FIRST)
    return [(name, f"{latency[name]['p50']:.1f}", f"{latency[name]['p95']:.1f}") for name in names]


def _short_by(check: Check) -> str:
    if check.value is None:
        return ""
    return f" → {check.short_by:.3f} {'모자람' if check.kind == 'at_least' else '넘침'}"


def _value(metric: Metric | None) -> str:
    return "—" if metric is None else _number(metric.value)


def _number(value: float) -> str:
    return f"{value:.3f}" if value <= 1 else f"{value:.0f}"


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _MOST_CHARS else f"{line[: _MOST_CHARS - 1]}…"
