"""The variants of the retrieval that are measured beside each other."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from retriever.fusion import WEIGHTS
from retriever.search_options import Fusion, SearchOptions

FULL = "full"
"""The variant that is installed; all others are tested against it."""

# The default before the coverages and late interaction came, from the `tune` part of a third-party
# set of natural questions (hit@1 .745, dense alone .739).
_FORMER_WEIGHTS: Mapping[str, float] = {"morpheme": 0.2, "bigram": 0.2, "dense": 0.6}


@dataclass(frozen=True, slots=True)
class Variant:
    """One way of searching.

    Attributes:
        name: of its row in JSON.
        label: of its row for people, in Korean.
        options: how the retriever searches; None for BM25 over words between blanks.
        headings: whether titles and headings are in the index.
        reranked: whether the reranker, where one was given, reads the best passages again.
    """

    name: str
    label: str
    options: SearchOptions | None
    headings: bool = True
    reranked: bool = False


def variants(*, reranker: bool) -> tuple[Variant, ...]:
    """Return every variant in the order of the table.

    Args:
        reranker: whether one was given; there is a variant without it then.
    """
    return (
        Variant("whitespace", "공백 BM25", None),
        _only("morpheme", "형태소 BM25", "morpheme"),
        _only("bigram", "글자 bigram BM25", "bigram"),
        _only("dense", "벡터", "dense"),
        _only("late", "후기 상호작용", "late"),
        _ranked("rrf", "RRF(형태소, 벡터)", ("morpheme", "dense")),
        _ranked("rrf_all", "RRF(모든 신호)", WEIGHTS),
        Variant("fixed", "고정 무게(.2, .2, .6)", SearchOptions(weights=_FORMER_WEIGHTS)),
        Variant(FULL, "전체", SearchOptions(), reranked=True),
        _without("no_morpheme", "전체 − 형태소", "morpheme"),
        _without("no_bigram", "전체 − 글자 bigram", "bigram"),
        _without("no_late", "전체 − 후기 상호작용", "late"),
        _without("no_answer_form", "전체 − 답의 꼴", "answer_form"),
        _without("no_dense", "전체 − 벡터", "dense"),
        _without("no_coverage", "전체 − 덮은 비율", "coverage"),
        Variant("no_headings", "전체 − 제목", SearchOptions(), headings=False, reranked=True),
        Variant("no_expand", "전체 − 다른 이름", SearchOptions(expand=False), reranked=True),
        Variant("no_repair", "전체 − 오타 고치기", SearchOptions(repair=False), reranked=True),
        *((Variant("no_rerank", "전체 − 재정렬", SearchOptions()),) if reranker else ()),
    )


def _only(name: str, label: str, signal: str) -> Variant:
    return Variant(name, label, SearchOptions(weights={signal: 1.0}))


def _ranked(name: str, label: str, signals: Collection[str]) -> Variant:
    weights = dict.fromkeys(signals, 1.0)
    return Variant(name, label, SearchOptions(weights=weights, fusion=Fusion.RANK))


def _without(name: str, label: str, *signals: str) -> Variant:
    whole = SearchOptions()
    weights = {signal: w for signal, w in whole.weights.items() if signal not in signals}
    return Variant(name, label, replace(whole, weights=weights), reranked=True)
