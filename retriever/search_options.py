"""What of a search can be switched: for measuring what each part is worth."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from retriever.fusion import WEIGHTS


class Fusion(StrEnum):
    """How the signals' score lists become one."""

    WEIGHTED = "weighted"
    RANK = "rank"


@dataclass(frozen=True, slots=True)
class SearchOptions:
    """How to search; the defaults are what measured best.

    Attributes:
        weights: of each signal by name (``morpheme``, ``bigram``, ``late``, ``dense``,
            ``answer_form``, ``coverage``); one that is not named counts nothing.
        fusion: weighted sum of normalised scores, or reciprocal ranks of the named signals.
        repair: mend slips of the keyboard first.
        expand: look for other names and report wording too.
    """

    weights: Mapping[str, float] = field(default_factory=lambda: WEIGHTS)
    fusion: Fusion = Fusion.WEIGHTED
    repair: bool = True
    expand: bool = True


DEFAULT_OPTIONS = SearchOptions()
