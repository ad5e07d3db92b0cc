"""Which passages of an index hold a quote of the evidence."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from eval.matching import squeeze

NOWHERE = "(없음)"
"""Stands for the passage that would hold a quote which none of the index does: never found."""


class EvidencePassages:
    """Looks quotes up in passages; white space, commas and case do not count.

    Args:
        passages: text of every passage that is searched, by id.
    """

    def __init__(self, passages: Mapping[str, str]) -> None:
        self._squeezed = {name: squeeze(text) for name, text in passages.items()}

    def holding(self, quote: str) -> list[str]:
        """Return the ids of all passages that hold the whole of ``quote``."""
        wanted = squeeze(quote)
        return [name for name, text in self._squeezed.items() if wanted in text]


def first_rank(ranked: Iterable[str], wanted: Collection[str]) -> int | None:
    """Return the 1-based rank of the first id that is among ``wanted``, or None."""
    return next((rank for rank, name in enumerate(ranked, start=1) if name in wanted), None)
