"""A passage that an answer may cite, under its number."""

from __future__ import annotations

from dataclasses import dataclass

from ingest.records import Passage


@dataclass(frozen=True, slots=True)
class Source:
    """One numbered passage.

    Attributes:
        marker: the number in ``[n]``.
        title: title of the passage's document.
        passage: the passage.
    """

    marker: int
    title: str
    passage: Passage
