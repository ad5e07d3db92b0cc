"""The figures that the page shows, from a stored run and its rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from eval.metrics.latency import StageLatency, latency_by_stage
from eval.row import Row
from eval.row_metrics import LOWER_IS_BETTER, NAMES_IN_KOREAN
from eval.summary import Metric, Summary, mean_metric

_LONE_RANKS = 5  # ranks shown one by one; the rest in bands
_RANK_BANDS = ((6, 10), (11, 20))
_TOTAL = "total"

# Metrics at the head of the page, with what each means in a few words.
HEADLINES: Mapping[str, str] = {
    "right": "답할 수 있는 질문에 꼭 들어갈 말을 모두 담아 답함",
    "cited": "인용이 정답 근거 위에 있음",
    "hit@1": "검색 1위 단락에 근거가 있음",
    "hit@5": "검색 5위 안에 근거가 있음",
    "refusal_recall": "답이 없는 질문을 거절함",
    "answerable_refused": "답할 수 있는데 거절함",
}
# A question without an answer is handled rightly when it is refused.
TYPE_COLUMNS: Sequence[tuple[str, ...]] = (
    ("right", "refusal_recall"),
    ("cited",),
    ("hit@1",),
    ("hit@5",),
)
# Figures that are no share of 1.
_PLAIN = frozenset({"median_answer_chars"})

# The types of our own gold set (eval/gold/README.md); others are shown by their own name.
_TYPE_NAMES = {
    "factoid_number": "수치",
    "factoid_entity": "이름·출처",
    "definition": "정의",
    "list": "나열",
    "reason": "이유",
    "comparison": "비교",
    "multi_hop": "여러 곳 종합",
    "table": "표",
    "cross_document": "보고서 사이",
    "colloquial": "구어체",
    "typo": "오탈자",
    "keyword_only": "낱말 나열",
    "english_mixed": "영어 혼용",
    "followup": "이어 묻기",
    "unanswerable": "무관한 질문",
    "unanswerable_near": "가깝지만 없는 것",
    "injection": "지시 주입",
}
_STAGE_NAMES = {
    "repair": "질문 바로잡기",
    "analyse": "형태소 분석",
    "embed": "질문 임베딩",
    "retrieve": "검색",
    "read": "단락 읽기",
    "rerank": "재정렬",
    "answer": "답 고르기",
    "generate": "언어 모델",
    "check": "근거 확인",
    "http": "HTTP 왕복",
    _TOTAL: "전체",
}


@dataclass(frozen=True, slots=True)
class Figure:
    """One metric of a run with its Korean name.

    Attributes:
        hint: what it means; empty where the name says it.
        is_share: whether it is a share of 1.
        lower_is_better: whether a small figure is the good one.
    """

    label: str
    hint: str
    metric: Metric
    is_share: bool
    lower_is_better: bool


@dataclass(frozen=True, slots=True)
class TypeFigures:
    """The figures of one type of question; None where a figure has no meaning."""

    name: str
    questions: int
    measures: tuple[Metric | None, ...]


@dataclass(frozen=True, slots=True)
class Stage:
    """Times of one stage in milliseconds."""

    name: str
    times: StageLatency
    is_total: bool


def headlines(summary: Summary) -> list[Figure]:
    """Return the metrics at the head of the page."""
    return [_figure(name, summary.metrics[name]) for name in HEADLINES if name in summary.metrics]


def all_figures(summary: Summary) -> list[Figure]:
    """Return every metric of the run."""
    return [_figure(name, metric) for name, metric in summary.metrics.items()]


def metric_name(name: str) -> str:
    """Return a metric in Korean, where it has such a name."""
    return NAMES_IN_KOREAN.get(name, name)


def type_columns() -> list[str]:
    """Return the Korean heads of the columns of ``by_type``."""
    return [metric_name(names[0]) for names in TYPE_COLUMNS]


def by_type(summaries: Mapping[str, Summary]) -> list[TypeFigures]:
    """Return the figures of each type, those of our own gold set first."""
    return [
        TypeFigures(
            type_name(name),
            summaries[name].questions,
            tuple(_first(names, summaries[name]) for names in TYPE_COLUMNS),
        )
        for name in sorted(summaries, key=_type_order)
    ]


def parts(rows: Sequence[Row]) -> list[tuple[str, Metric]]:
    """Return how many questions went right in each part of the set and by their wording.

    A way of dividing them that leaves only one part is left out.
    """
    splits = {row.split for row in rows}
    ways: list[list[tuple[str, list[Row]]]] = [
        [(f"{name} 부분", [row for row in rows if row.split == name]) for name in sorted(splits)],
        [
            ("바꾸어 쓴 질문", [row for row in rows if row.answerable and row.paraphrased]),
            (
                "문서의 말로 쓴 질문",
                [row for row in rows if row.answerable and not row.paraphrased],
            ),
        ],
    ]
    return [
        (name, right_share(members))
        for way in ways
        if all(members for _, members in way) and len(way) > 1
        for name, members in way
    ]


def right_share(rows: Sequence[Row]) -> Metric:
    """Return the share of questions, answered or refused, that went right."""
    return mean_metric([float(row.right) for row in rows])


def type_name(name: str) -> str:
    """Return a type of question in Korean, where it is one of ours."""
    return _TYPE_NAMES.get(name, name)


def ranks(rows: Sequence[Row]) -> list[tuple[str, int]]:
    """Return how many questions have their evidence at each rank; the last are not found."""
    found = Counter(row.passage_rank for row in rows if row.answerable and row.hits)
    if not found:
        return []
    counts = [(f"{rank}위", found[rank]) for rank in range(1, _LONE_RANKS + 1)]
    for low, high in _RANK_BANDS:
        counts.append((f"{low}–{high}위", sum(found[rank] for rank in range(low, high + 1))))
    shown = sum(count for _, count in counts)
    return [*counts, ("못 찾음", found.total() - shown)]


def stages(timings: Sequence[Mapping[str, float]]) -> list[Stage]:
    """Return the times of each stage with its Korean name, the whole last."""
    times = latency_by_stage(timings)
    names = sorted(times, key=lambda name: name == _TOTAL)
    return [Stage(_STAGE_NAMES.get(name, name), times[name], name == _TOTAL) for name in names]


def brier_score(probabilities: Sequence[float], outcomes: Sequence[bool]) -> float:
    """Return ``Σ (p - outcome)² / n``, 0 (sure and right) to 1 (sure and wrong).

    Source: Brier, *Verification of Forecasts Expressed in Terms of Probability* (1950), halved as
    is usual where there are two outcomes.

    Raises:
        ValueError: when the two differ in length or are empty.
    """
    pairs = list(zip(probabilities, outcomes, strict=True))
    if not pairs:
        raise ValueError("no probabilities to score")
    return sum((probability - outcome) ** 2 for probability, outcome in pairs) / len(pairs)


def _figure(name: str, metric: Metric) -> Figure:
    hint, is_share = HEADLINES.get(name, ""), name not in _PLAIN
    return Figure(metric_name(name), hint, metric, is_share, name in LOWER_IS_BETTER)


def _first(names: Sequence[str], summary: Summary) -> Metric | None:
    return next((summary.metrics[name] for name in names if name in summary.metrics), None)


def _type_order(name: str) -> tuple[int, str]:
    known = list(_TYPE_NAMES)
    return (known.index(name) if name in known else len(known), name)
