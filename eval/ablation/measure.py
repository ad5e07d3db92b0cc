"""Searches with every variant for every question, and works out the figures."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from eval.metrics.latency import quantile
from eval.metrics.rank_figures import RankFigures, first_hits, rank_figures
from eval.metrics.ranking import Judged, Relevance
from eval.progress import Progress

Search = Callable[[str], Sequence[str]]
"""Gives the ids found for a question, best first, none twice."""

Spared = Callable[[], float]
"""Gives the seconds that remembering has spared so far."""

_MIDDLE, _SLOW = 0.5, 0.95
_ASKING = "질문"
_WARM_UP = "처음 묻는 질문은 재지 않습니다"


@dataclass(frozen=True, slots=True)
class Question:
    """A question as it is searched, with what it wants."""

    text: str
    relevance: Relevance


@dataclass(frozen=True, slots=True)
class Found:
    """What one variant found.

    Attributes:
        ranked: ids for each question, best first.
        ms: milliseconds of each search.
    """

    ranked: tuple[tuple[str, ...], ...]
    ms: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Figures(RankFigures):
    """How good one variant is; ``p_hit1`` is beside the full variant.

    Attributes:
        ms50, ms95: milliseconds of a search.
    """

    ms50: float
    ms95: float


def search_all(
    searches: Mapping[str, Search],
    texts: Sequence[str],
    spared: Spared,
    progress: Progress,
    clock: Callable[[], float] = time.perf_counter,
) -> dict[str, Found]:
    """Ask every question of every variant.

    The variants take turns at each question, each time another one first, so that a busy moment
    of the machine falls on all of them.

    Args:
        searches: by the variant's name.
        texts: the questions.
        spared: time that a variant would have needed by itself is added to its own.
        progress: told how many questions are done.
        clock: times the searches, in seconds.
    """
    names = list(searches)
    ranked: dict[str, list[tuple[str, ...]]] = {name: [] for name in names}
    ms: dict[str, list[float]] = {name: [] for name in names}
    for search in searches.values():
        search(_WARM_UP)
    progress(_ASKING, 0, len(texts))
    for place, text in enumerate(texts):
        first = place % len(names)
        for name in (*names[first:], *names[:first]):
            before, start = spared(), clock()
            items = tuple(searches[name](text))
            ms[name].append((clock() - start + spared() - before) * 1000)
            ranked[name].append(items)
        progress(_ASKING, place + 1, len(texts))
    return {name: Found(tuple(ranked[name]), tuple(ms[name])) for name in names}


def all_figures(
    found: Mapping[str, Found], wanted: Sequence[Relevance], full: str
) -> dict[str, Figures]:
    """Work out the figures of each variant.

    Args:
        found: by the variant's name, ``full`` among them.
        wanted: what each question wants.
        full: name of the variant that the others are tested against.
    """
    best = first_hits(_judged(found[full], wanted))
    return {
        name: _figures(one, wanted, None if name == full else best) for name, one in found.items()
    }


def _figures(found: Found, wanted: Sequence[Relevance], full: Sequence[bool] | None) -> Figures:
    return Figures(
        **rank_figures(_judged(found, wanted), full).by_name(),
        ms50=quantile(found.ms, _MIDDLE),
        ms95=quantile(found.ms, _SLOW),
    )


def _judged(found: Found, wanted: Sequence[Relevance]) -> list[Judged]:
    return list(zip(found.ranked, wanted, strict=True))
