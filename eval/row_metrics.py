"""The figure of each metric for one question, which summaries, comparisons and gates share."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from types import MappingProxyType

from eval.evidence_passages import NOWHERE
from eval.metrics.ranking import Relevance, hit_at_k, ndcg_at_k, recall_at_k, reciprocal_rank
from eval.row import Row

Figure = Callable[[Row], float | None]
"""Gives a row's figure, 0..1; None where the metric does not concern the question."""

_Ranking = Callable[[list[str], Relevance], float]


def _of_answerable(value: Callable[[Row], float]) -> Figure:
    return lambda row: float(value(row)) if row.answerable else None


def _ranked(metric: _Ranking) -> Figure:
    def figure(row: Row) -> float | None:
        if not row.relevant:
            return None
        ranked = [str(hit["passage_id"]) for hit in row.hits]
        return metric(ranked, [frozenset(group) or {NOWHERE} for group in row.relevant])

    return figure


PAIRED: Mapping[str, Figure] = MappingProxyType(
    {
        "right": _of_answerable(lambda row: row.right),
        "cited": _of_answerable(lambda row: row.cited),
        "cited_all": _of_answerable(lambda row: row.cited_all),
        "sentence_hit": _of_answerable(lambda row: row.sentence_hit),
        "hit@1": _ranked(partial(hit_at_k, k=1)),
        "hit@5": _ranked(partial(hit_at_k, k=5)),
        "hit@8": _ranked(partial(hit_at_k, k=8)),
        "recall@5": _ranked(partial(recall_at_k, k=5)),
        "mrr": _ranked(reciprocal_rank),
        "ndcg@10": _ranked(partial(ndcg_at_k, k=10)),
        "citation_recall": lambda row: row.citation_recall,
        "citation_precision": lambda row: row.citation_precision,
        "char_f1": lambda row: row.char_f1,
        "morpheme_f1": lambda row: row.morpheme_f1,
        "refusal_recall": lambda row: None if row.answerable else float(row.refused),
        "answerable_refused": _of_answerable(lambda row: row.refused),
        "quotes_exact": lambda row: float(row.exact),
        "follow_ups": lambda row: float(row.right) if row.follow_up else None,
    }
)
"""Metrics that are the mean of a figure of each question, so that two runs can be paired."""

PRECISION: Mapping[str, Figure] = MappingProxyType(
    {"refusal_precision": lambda row: float(not row.answerable) if row.refused else None}
)
"""Means over questions that the run itself picks: two runs have different ones."""

LOWER_IS_BETTER = frozenset({"answerable_refused"})

NAMES_IN_KOREAN: Mapping[str, str] = MappingProxyType(
    {
        "questions": "질문",
        "right": "맞음",
        "cited": "근거 인용",
        "cited_all": "근거 모두 인용",
        "sentence_hit": "근거 문장으로 답함",
        "hit@1": "근거 단락 첫째",
        "hit@5": "근거 단락 다섯째 안",
        "hit@8": "근거 단락 여덟째 안",
        "recall@5": "근거 재현율@5",
        "mrr": "MRR",
        "ndcg@10": "nDCG@10",
        "citation_recall": "인용 재현율",
        "citation_precision": "인용 정밀도",
        "char_f1": "글자 F1",
        "morpheme_f1": "형태소 F1",
        "refusal_precision": "거절 정밀도",
        "refusal_recall": "거절 재현율",
        "refusal_f1": "거절 F1",
        "answerable_refused": "잘못 거절",
        "quotes_exact": "인용이 원문과 같음",
        "follow_ups": "이어 묻는 질문 맞음",
        "median_answer_chars": "답 글자 수 중앙값",
    }
)
