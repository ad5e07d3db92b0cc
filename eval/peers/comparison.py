"""Runs every system on a set, by turns, and works out the figures."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean

from eval.bench.interleave import SETTLE_SECONDS
from eval.bench.quantiles import p50, p95
from eval.metrics.rank_figures import FEW, RankFigures, first_hits, rank_figures
from eval.metrics.ranking import Judged
from eval.peers.process import Replies, SystemProcess
from eval.peers.sets import PeerQuestion, PeerSet, write_files
from eval.peers.systems import OURS, SYSTEMS, Resources

# Enough turns for a busy moment of the machine to fall on all.
_TURNS = 4

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
class SystemFigures(RankFigures):
    """Figures of one system on a set; ``p_hit1`` is beside ours, None where ours was not run.

    Attributes:
        chars5: mean characters of the first five items.
        ms50, ms95: milliseconds of a search.
        index_seconds, items: as in ``SystemRun``.
    """

    chars5: float
    ms50: float
    ms95: float
    index_seconds: float
    items: int


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
    ours = first_hits(_judged(runs[OURS], given)) if OURS in runs else None
    return {
        name: _figures(run, given, None if name == OURS else ours) for name, run in runs.items()
    }


def _figures(run: SystemRun, given: PeerSet, ours: Sequence[bool] | None) -> SystemFigures:
    return SystemFigures(
        **rank_figures(_judged(run, given), ours).by_name(),
        chars5=fmean(sum(len(i.text) for i in items[:FEW]) for items in run.replies.found),
        ms50=p50(run.replies.ms),
        ms95=p95(run.replies.ms),
        index_seconds=run.index_seconds,
        items=run.items,
    )


def _judged(run: SystemRun, given: PeerSet) -> list[Judged]:
    pairs = zip(given.questions, run.replies.found, strict=True)
    return [question.judge(found) for question, found in pairs]


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
