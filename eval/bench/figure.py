"""What a benchmark finds: figures with a peer beside them, in sections."""

from __future__ import annotations

from dataclasses import dataclass

from eval.bench.quantiles import median


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured quantity, a value for each round.

    Attributes:
        name: what was measured, in Korean.
        unit: its unit.
        ours: our values, in the order of the rounds.
        peer: the peer's, empty where it has nothing of the kind.
        more_is_better: whether a larger value is the better one.
        compared: whether a ratio says anything: both did the same for the user.
        target: the ratio that was aimed at, where one was set.
    """

    name: str
    unit: str
    ours: tuple[float, ...]
    peer: tuple[float, ...] = ()
    more_is_better: bool = False
    compared: bool = True
    target: float | None = None

    @property
    def ratio(self) -> float | None:
        """How many times better ours is; None without a peer to compare with."""
        return advantage(self.ours, self.peer, self.more_is_better) if self.compared else None


@dataclass(frozen=True, slots=True)
class Section:
    """The figures of one benchmark.

    Attributes:
        title: in Korean.
        setup: how each side was set up and measured, in Korean.
        figures: in the order of the table.
        remarks: what a reader must know to judge the figures.
    """

    title: str
    setup: str
    figures: tuple[Figure, ...]
    remarks: tuple[str, ...] = ()


def advantage(
    ours: tuple[float, ...], peer: tuple[float, ...], more_is_better: bool
) -> float | None:
    """Return how many times better ours is than the peer.

    Rounds that ran one after the other are compared with each other, and the median of their
    ratios is returned: noise that lasts longer than a round falls on both sides of each ratio.
    Where the sides have unlike numbers of rounds, their medians are compared.
    """
    if not ours or not peer:
        return None
    pairs = (
        list(zip(ours, peer, strict=True))
        if len(ours) == len(peer)
        else [(median(ours), median(peer))]
    )
    if any(min(pair) <= 0 for pair in pairs):
        return None
    return median([mine / theirs if more_is_better else theirs / mine for mine, theirs in pairs])
