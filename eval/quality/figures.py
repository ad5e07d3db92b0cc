"""All that one measurement of the answers found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from eval.grounding.measure import GroundingResult
from eval.quality.inventing import Inventing
from eval.quality.latency import Latency
from eval.refusal_curve.measure import RefusalCurve
from eval.summary import Summary


@dataclass(frozen=True, slots=True)
class Measured:
    """When and with what it was measured.

    Attributes:
        on: ISO date.
        version: of this installation, or of the service that was asked.
        model: name of the embedding model.
        cores: how many the process may use.
        load: processes that wanted to run over the minute before; None where unknown.
        seconds: how long it took.
    """

    on: str
    version: str
    model: str
    cores: int
    load: float | None
    seconds: float


@dataclass(frozen=True, slots=True)
class Quality:
    """The figures.

    Attributes:
        measured: when and with what.
        splits: figures of the gold questions of each part.
        types: of each type of question of the part that was not tuned on.
        curves: how well confidence tells questions with an answer from those without, by what was
            asked, in the order of the table.
        checks: what the checks of a sentence caught and kept.
        inventing: what of an inventing model's sentences reached the user.
        latency: of extractive answers.
        over_http: whether the latency is that of a service's client.
    """

    measured: Measured
    splits: Mapping[str, Summary]
    types: Mapping[str, Summary]
    curves: Mapping[str, RefusalCurve]
    checks: GroundingResult
    inventing: Inventing
    latency: Latency
    over_http: bool
