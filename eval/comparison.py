"""Two runs compared, question by question and metric by metric."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from eval.row import Row
from eval.row_metrics import LOWER_IS_BETTER, PAIRED
from eval.run_record import RunRecord
from ingest.errors import InputError

# A difference that chance makes less often than this is called clear.
SIGNIFICANCE = 0.05


@dataclass(frozen=True, slots=True)
class Change:
    """A question whose figure differs between two runs."""

    id: str
    type: str
    question: str
    before: float
    after: float
    answer_before: str
    answer_after: str


@dataclass(frozen=True, slots=True)
class Difference:
    """One metric in two runs.

    Attributes:
        metric: its name.
        questions: those that it concerns in both runs.
        before, after: means over them.
        gain: ``after - before``; ``low`` and ``high`` are its 95% paired bootstrap interval.
        p_value: McNemar's exact test where every figure is 0 or 1, else the permutation test.
        verdict: ``better``, ``worse`` or ``unclear``.
    """

    metric: str
    questions: int
    before: float
    after: float
    gain: float
    low: float
    high: float
    p_value: float
    verdict: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """What changed from one run to another.

    Attributes:
        questions: asked in both.
        notes: what else differs than the answers, in Korean.
        differences: one a metric.
        metric: by which questions are listed.
        better, worse: questions whose figure rose or fell in the sense of the metric.
    """

    questions: int
    notes: tuple[str, ...]
    differences: tuple[Difference, ...]
    metric: str
    better: tuple[Change, ...]
    worse: tuple[Change, ...]


def compare(
    first: tuple[RunRecord, Sequence[Row]], second: tuple[RunRecord, Sequence[Row]], metric: str
) -> Comparison:
    """Compare two runs over the questions that both were asked.

    Args:
        first: the run before, with its rows.
        second: the run after.
        metric: one of ``PAIRED``, by which questions are listed.

    Raises:
        InputError: ``usage`` for another metric, ``different_gold`` for runs over other gold.
    """
    if metric not in PAIRED:
        raise InputError(
            "usage", f"없는 지표입니다: {metric}", f"쓸 수 있는 지표: {', '.join(PAIRED)}"
        )
    pairs = _pairs(first, second)
    changes = [change for pair in pairs if (change := _change(*pair, metric)) is not None]
    rises = [change for change in changes if change.after > change.before]
    falls = [change for change in changes if change.after < change.before]
    better, worse = (falls, rises) if metric in LOWER_IS_BETTER else (rises, falls)
    found = (_difference(pairs, name) for name in PAIRED)
    return Comparison(
        questions=len(pairs),
        notes=tuple(_notes(first[0], second[0], len(pairs))),
        differences=tuple(difference for difference in found if difference is not None),
        metric=metric,
        better=tuple(better),
        worse=tuple(worse),
    )


def in_words(difference: Difference) -> str:
    """Say in Korean how far a difference can be trusted."""
    if difference.low == difference.high == 0:
        return "같음"
    if difference.verdict == "unclear":
        return f"우연일 수 있음 (p={difference.p_value:.3f})"
    word = "나아짐" if difference.verdict == "better" else "나빠짐"
    return f"뚜렷하게 {word} (p={difference.p_value:.3f})"


def _pairs(
    first: tuple[RunRecord, Sequence[Row]], second: tuple[RunRecord, Sequence[Row]]
) -> list[tuple[Row, Row]]:
    before, after = first[0], second[0]
    if before.gold["sha256"] != after.gold["sha256"]:
        raise InputError(
            "different_gold",
            f"서로 다른 질문으로 잰 실행은 견줄 수 없습니다: {before.name}은(는)"
            f" {before.gold['path']}, {after.name}은(는) {after.gold['path']}의 질문이며,"
            " 내용이 같지 않습니다.",
            "같은 --gold로 다시 실행하세요.",
        )
    later = {row.id: row for row in second[1]}
    pairs = [(row, later[row.id]) for row in first[1] if row.id in later]
    if not pairs:
        raise InputError(
            "different_gold",
            f"{before.name}과(와) {after.name}에 함께 든 질문이 없습니다.",
            "같은 --split으로 다시 실행하세요.",
        )
    return pairs


def _change(before: Row, after: Row, metric: str) -> Change | None:
    was, now = PAIRED[metric](before), PAIRED[metric](after)
    if was is None or now is None or was == now:
        return None
    return Change(before.id, before.type, before.question, was, now, before.answer, after.answer)


def _difference(pairs: Sequence[tuple[Row, Row]], metric: str) -> Difference | None:
    import numpy as np

    from eval.metrics.interval import SEED, mcnemar, paired_bootstrap_interval, permutation_test

    figure = PAIRED[metric]
    both = [(figure(before), figure(after)) for before, after in pairs]
    known = [(was, now) for was, now in both if was is not None and now is not None]
    if not known:
        return None
    before, after = zip(*known, strict=True)
    gain = paired_bootstrap_interval(before, after, np.random.default_rng(SEED))
    if {*before, *after} <= {0.0, 1.0}:
        p_value = mcnemar([v == 1 for v in before], [v == 1 for v in after]).p_value
    else:
        p_value = permutation_test(before, after, np.random.default_rng(SEED))
    count = len(known)
    return Difference(
        metric=metric,
        questions=count,
        before=sum(before) / count,
        after=sum(after) / count,
        gain=gain.estimate,
        low=gain.low,
        high=gain.high,
        p_value=p_value,
        verdict=_verdict(gain.estimate, p_value, lower_is_better=metric in LOWER_IS_BETTER),
    )


def _verdict(gain: float, p_value: float, *, lower_is_better: bool) -> str:
    if p_value >= SIGNIFICANCE:
        return "unclear"
    return "better" if (gain < 0) is lower_is_better else "worse"


def _notes(before: RunRecord, after: RunRecord, questions: int) -> list[str]:
    notes = []
    if questions < max(before.summary.questions, after.summary.questions):
        notes.append(f"함께 든 질문 {questions}개만 견줍니다.")
    notes += _changed("설정", before.config, after.config)
    notes += _changed("색인", before.index, after.index)
    if before.support_method != after.support_method:
        notes.append("인용을 판정한 방법이 다릅니다.")
    if before.version != after.version:
        notes.append(f"서비스의 판이 다릅니다: {before.version} → {after.version}")
    return notes


def _changed(what: str, before: Any, after: Any) -> list[str]:
    names = dict.fromkeys([*before, *after])
    return [
        f"{what}이(가) 다릅니다: {name} {before.get(name)} → {after.get(name)}"
        for name in names
        if before.get(name) != after.get(name)
    ]
