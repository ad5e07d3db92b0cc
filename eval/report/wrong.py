"""The questions that went wrong, grouped by what went wrong."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from eval.gold_set import GoldQuestion
from eval.report.figures import type_name
from eval.row import Row

_REFUSALS = {
    "not_in_corpus": "문서에 없음",
    "unknown_name": "문서에 없는 이름",
    "other_year": "문서와 다른 연도",
}


@dataclass(frozen=True, slots=True)
class Question:
    """One question with all that helps to see why it went as it did.

    Attributes:
        type: in Korean.
        expected: the gold answer; empty where the gold set is not at hand.
        evidence: the gold evidence.
        ranks: where each piece of evidence stood among the hits, in Korean; may be empty.
        refusal: why it was refused, in Korean; empty for an answer.
    """

    row: Row
    type: str
    expected: str
    evidence: tuple[str, ...]
    ranks: str
    refusal: str


@dataclass(frozen=True, slots=True)
class WrongGroup:
    """Questions that failed in one way."""

    title: str
    hint: str
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class _Way:
    title: str
    hint: str
    failed: Callable[[Row], bool]


_WAYS = (
    _Way(
        "거절했어야 하는데 답함",
        "문서에 없는 것을 답했습니다.",
        lambda row: not row.right and not row.answerable,
    ),
    _Way(
        "답할 수 있는데 거절함",
        "답이 문서에 있는데 찾지 못했다고 했습니다.",
        lambda row: not row.right and row.answerable and row.refused,
    ),
    _Way(
        "틀린 답",
        "꼭 들어갈 말이 빠졌거나 들어가면 안 될 말이 있습니다.",
        lambda row: not row.right and row.answerable and not row.refused,
    ),
    _Way(
        "답은 맞지만 근거가 다름",
        "정답으로 보았지만 인용이 정답 근거와 다른 곳입니다.",
        lambda row: row.right and row.answerable and not row.cited,
    ),
)


def wrong_groups(rows: Sequence[Row], gold: Mapping[str, GoldQuestion]) -> list[WrongGroup]:
    """Return the questions that failed, each in one group; empty groups are left out.

    Args:
        rows: of the run.
        gold: gold questions by id; may be empty.
    """
    groups = [
        WrongGroup(
            way.title,
            way.hint,
            tuple(question(row, gold.get(row.id)) for row in rows if way.failed(row)),
        )
        for way in _WAYS
    ]
    return [group for group in groups if group.questions]


def question(row: Row, gold: GoldQuestion | None) -> Question:
    """Return a row with what the gold set says of it."""
    return Question(
        row=row,
        type=type_name(row.type),
        expected=gold.answer if gold else "",
        evidence=tuple(evidence.quote for evidence in gold.evidence) if gold else (),
        ranks=_ranks(row),
        refusal=_REFUSALS.get(row.refusal_reason or "", row.refusal_reason or ""),
    )


def _ranks(row: Row) -> str:
    if not row.answerable or not row.hits:
        return ""
    return ", ".join(f"{rank}위" if rank else "못 찾음" for rank in row.evidence_ranks)
