"""The least that a run must reach, kept in a file, so that nothing gets worse unseen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from eval.row_metrics import NAMES_IN_KOREAN
from eval.run_record import RunRecord
from eval.summary import Summary
from eval.toml_file import read_toml
from ingest.errors import InputError

DEFAULT_THRESHOLDS = Path(__file__).parent / "thresholds.toml"

Bound = Annotated[float, Field(allow_inf_nan=False)]
_METRICS = frozenset(NAMES_IN_KOREAN) - {"questions"}
# A figure that differs from its bound by rounding alone is not short of it.
_ROUNDING = 1e-9


class SplitThresholds(BaseModel):
    """Bounds of one part of a gold set, by metric."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    at_least: dict[str, Bound] = {}
    at_most: dict[str, Bound] = {}

    @model_validator(mode="after")
    def _known(self) -> Self:
        unknown = sorted({*self.at_least, *self.at_most} - _METRICS)
        if unknown:
            raise ValueError(f"없는 지표입니다({', '.join(unknown)})")
        return self


class Thresholds(BaseModel):
    """The thresholds file: one table a split."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    tune: SplitThresholds | None = None
    test: SplitThresholds | None = None

    def of(self, split: str) -> SplitThresholds | None:
        """Return the bounds of a split, or None where it has none."""
        return {"tune": self.tune, "test": self.test}.get(split)


@dataclass(frozen=True, slots=True)
class Check:
    """One bound held against one figure.

    Attributes:
        value: the figure, or None where the run does not have it, which fails.
        short_by: how far the figure is on the wrong side; 0 where it passes.
    """

    split: str
    metric: str
    kind: Literal["at_least", "at_most"]
    bound: float
    value: float | None
    short_by: float

    @property
    def passed(self) -> bool:
        """Whether the figure is where it must be."""
        return self.value is not None and self.short_by <= _ROUNDING


def read_thresholds(path: Path) -> Thresholds:
    """Read a thresholds file.

    Raises:
        NotFoundError: ``file_not_found``.
        InputError: ``unknown_setting`` or ``bad_setting``.
    """
    return read_toml(path, Thresholds)


def checks(record: RunRecord, thresholds: Thresholds) -> tuple[Check, ...]:
    """Hold a run against the thresholds of the splits that it asked.

    Raises:
        InputError: ``no_thresholds`` where there is no bound for any of them.
    """
    found = [
        check
        for split, summary in record.by_split.items()
        for check in _of_split(split, summary, thresholds.of(split))
    ]
    if not found:
        raise InputError(
            "no_thresholds",
            f"이 실행의 질문({', '.join(record.by_split)})에 관한 기준이 없습니다.",
            "기준 파일에 [tune.at_least]나 [test.at_least]를 적으세요.",
        )
    return tuple(found)


def _of_split(split: str, summary: Summary, bounds: SplitThresholds | None) -> Iterator[Check]:
    if bounds is None:
        return
    sides: Mapping[Literal["at_least", "at_most"], Mapping[str, float]] = {
        "at_least": bounds.at_least,
        "at_most": bounds.at_most,
    }
    for kind, wanted in sides.items():
        for metric, bound in wanted.items():
            figure = summary.metrics.get(metric)
            value = figure.value if figure else None
            gap = 0.0 if value is None else bound - value if kind == "at_least" else value - bound
            yield Check(split, metric, kind, bound, value, max(gap, 0.0))
