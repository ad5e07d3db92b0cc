"""Runs every system on a set, by turns, and works out the figures."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import fmean

import numpy as np

from eval.bench.interleave import SETTLE_SECONDS
from eval.bench.quantiles import p50, p95
from eval.metrics.interval import Interval, bootstrap_interval, mcnemar
from eval.metrics.ranking import hit_at_k, mean_over, ndcg_at_k, recall_at_k, reciprocal_rank
from eval.peers.process import Replies, SystemProcess
from eval.peers.sets import PeerQuestion, PeerSet, write_files
from eval.peers.systems import OURS, SYSTEMS, TOP_K, Resources

FEW = 5
"""Places that a reader, or a language model's prompt, has room for."""
# Enough turns for a busy moment of the machine to fall on all.
_TURNS = 4
_SEED = 20260101

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class SystemRun:
    """How one system did on a set.

    Attributes:
        index_seconds: from reading the files to being searchable.
        items: how many can be found.
        replies: to every question of the set, in its order.
    """

    index_seconds: float
    items: int
    replies: Replies


@dataclass(frozen=True, slots=True)
class SystemFigures:
    """Figures of one system on a set.

    Attributes:
        hit1: share of questions whose first item is right, with its 95% interval.
        hit5, mrr10, ndcg10, recall5: means over questions; recall is that of what is wanted.
        chars5: mean characters of the first five items.
        ms50, ms95: milliseconds of a search.
        p_hit1: chance of so uneven a hit@1 beside ours if neither were better; None for ours and
            where ours was not run.
        first_ranks: rank of the first right item of each question; None where there is none.
    """

    hit1: Interval
    hit5: float
    mrr10: float
    ndcg10: float
    recall5: float
    chars5: float
    ms50: float
    ms95: float
    index_seconds: float
    items: int
    p_hit1: float | None
    first_ranks: tuple[int | None, ...]


def run_set(
    systems: Sequence[str], given: PeerSet, resources: Resources, folder: Path, say: Say
) -> dict[str, SystemRun]:
    """Index a set with each system, one after the other, then ask all of them by turns.

    Args:
        systems: keys of ``SYSTEMS``; those for reports only are passed over on other sets.
        given: the set.
        resources: of all systems.
        folder: an empty one, for everything that is written.
        say: told of what goes on.

    Raises:
        CannotMeasureError: when a system fails.
    """
    systems = fit_for(systems, given)
    with ExitStack() as stack:
        processes: dict[str, SystemProcess] = {}
        indexed: dict[str, tuple[float, int]] = {}
        for name in systems:
            say(f"  {SYSTEMS[name].label}: 색인합니다")
            own = folder / name
            files = write_files(given.files, own / "library" / "reports")
            scratch = own / "scratch"
            scratch.mkdir()
            processes[name] = SystemProcess(name, resources, own / "log.txt")
            stack.callback(processes[name].close)
            indexed[name] = processes[name].index(files, scratch)
            time.sleep(SETTLE_SECONDS)
        replies = _ask_by_turns(processes, given.questions, say)
    return {name: SystemRun(*indexed[name], replies[name]) for name in systems}


def fit_for(systems: Sequence[str], given: PeerSet) -> list[str]:
    """Return the systems that a set can tell apart, in their order."""
    return [name for name in systems if given.by_quote or not SYSTEMS[name].reports_only]


def figures(runs: Mapping[str, SystemRun], given: PeerSet) -> dict[str, SystemFigures]:
    """Work out the figures of each system on a set."""
    ours = _hits(runs[OURS], given) if OURS in runs else None
    return {
        name: _figures(run, given, None if name == OURS else ours) for name, run in runs.items()
    }


def _figures(run: SystemRun, given: PeerSet, ours: Sequence[bool] | None) -> SystemFigures:
    judged = [q.judge(f) for q, f in zip(given.questions, run.replies.found, strict=True)]
    hits = _hits(run, given)
    ranks = [reciprocal_rank(*one) for one in judged]
    return SystemFigures(
        hit1=bootstrap_interval([float(h) for h in hits], np.random.default_rng(_SEED)),
        hit5=mean_over(partial(hit_at_k, k=FEW), judged),
        mrr10=mean_over(partial(reciprocal_rank, k=TOP_K), judged),
        ndcg10=mean_over(partial(ndcg_at_k, k=TOP_K), judged),
        recall5=mean_over(partial(recall_at_k, k=FEW), judged),
        chars5=fmean(sum(len(i.text) for i in items[:FEW]) for items in run.replies.found),
        ms50=p50(run.replies.ms),
        ms95=p95(run.replies.ms),
        index_seconds=run.index_seconds,
        items=run.items,
        p_hit1=None if ours is None else mcnemar(hits, ours).p_value,
        first_ranks=tuple(round(1 / rank) if rank else None for rank in ranks),
    )


def _hits(run: SystemRun, given: PeerSet) -> list[bool]:
    pairs = zip(given.questions, run.replies.found, strict=True)
    return [hit_at_k(*question.judge(found), k=1) == 1 for question, found in pairs]


def _ask_by_turns(
    processes: Mapping[str, SystemProcess], questions: Sequence[PeerQuestion], say: Say
) -> dict[str, Replies]:
    parts: dict[str, list[Replies]] = {name: [] for name in processes}
    for turn, block in enumerate(blocks([q.text for q in questions], _TURNS), start=1):
        say(f"  질문 {len(block)}개씩 번갈아 찾습니다 ({turn}/{_TURNS})")
        for name, process in processes.items():
            parts[name].append(process.search(block))
            time.sleep(SETTLE_SECONDS)
    return {
        name: Replies(
            tuple(ms for part in own for ms in part.ms),
            tuple(items for part in own for items in part.found),
        )
        for name, own in parts.items()
    }


def blocks(texts: Sequence[str], count: int) -> Iterator[Sequence[str]]:
    """Yield ``count`` runs of texts, in order, whose lengths differ by one at most."""
    for number in range(count):
        yield texts[number * len(texts) // count : (number + 1) * len(texts) // count]
