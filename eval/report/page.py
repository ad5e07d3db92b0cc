"""The page: figures and plots put into the template, everything of a run escaped."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from eval.gold_set import GoldQuestion
from eval.report import figures
from eval.report.facts import details_of, facts_of, threshold_of
from eval.row import Row
from eval.run_record import RunRecord

if TYPE_CHECKING:
    from jinja2 import Environment

    from eval.comparison import Comparison
    from eval.judgement import Judgement

_FOLDER = Path(__file__).parent
_HUNDRED = 100.0
_SURE = 0.001  # smaller p-values are told as below it
_MS_WITH_DECIMALS = 10


def render(
    record: RunRecord,
    rows: Sequence[Row],
    *,
    gold: Mapping[str, GoldQuestion],
    against: tuple[str, Comparison] | None = None,
    judgement: Judgement | None = None,
) -> str:
    """Return the page as one HTML document without outside parts.

    Args:
        record: the run.
        rows: its questions, at least one.
        gold: gold questions by id, for the expected answers; may be empty.
        against: name of another run, and what changed from that to this one.
        judgement: of a language model, on this run.
    """
    template = _environment().get_template("page.html")
    return template.render(
        record=record,
        rows=rows,
        facts=facts_of(record),
        details=details_of(record),
        other_name=against[0] if against else "",
        comparison=against[1] if against else None,
        judgement=judgement,
        about=_about(rows, gold),
        **_figures(record),
        **_plots(rows, threshold_of(record)),
        **_questions(rows, gold),
    )


def _figures(record: RunRecord) -> dict[str, Any]:
    return {
        "headlines": figures.headlines(record.summary),
        "figures": figures.all_figures(record.summary),
        "columns": figures.type_columns(),
        "types": figures.by_type(record.by_type),
        "metric_name": figures.metric_name,
    }


def _plots(rows: Sequence[Row], threshold: float | None) -> dict[str, Any]:
    from eval.report.plots import lengths
    from eval.report.scores import calibration_plots, score_plots

    given = [row for row in rows if row.answerable and not row.refused]
    right = [row.answer_chars for row in given if row.right]
    wrong = [row.answer_chars for row in given if not row.right]
    return {
        "score_plots": score_plots(rows, threshold),
        "calibrations": calibration_plots(rows),
        "ranks": figures.ranks(rows),
        "parts": figures.parts(rows),
        "stages": figures.stages([row.timings_ms for row in rows]),
        "lengths": lengths(right, wrong, name="lengths") if given else "",
        "length_counts": (len(right), len(wrong)),
    }


def _questions(rows: Sequence[Row], gold: Mapping[str, GoldQuestion]) -> dict[str, Any]:
    from eval.report.wrong import wrong_groups

    return {"groups": wrong_groups(rows, gold), "has_gold": bool(gold)}


def _about(rows: Sequence[Row], gold: Mapping[str, GoldQuestion]) -> Any:
    from eval.report.wrong import question

    by_id = {row.id: row for row in rows}
    return lambda name: question(by_id[name], gold.get(name))


@functools.cache
def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(_FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    filters: dict[str, Any] = {
        "percent": _percent,
        "points": _points,
        "width": _width,
        "ms": _ms,
        "p_value": _p_value,
    }
    environment.filters.update(filters)
    return environment


def _percent(share: float) -> str:
    return f"{share * _HUNDRED:.1f}"


def _points(gain: float) -> str:
    rounded = round(gain * _HUNDRED, 1)
    return f"{rounded:+.1f}".replace("-", "−") if rounded else "0.0"


def _width(share: float) -> str:
    """Return a share as a CSS length of what holds it."""
    return f"{min(max(share, 0.0), 1.0) * _HUNDRED:.2f}%"


def _ms(milliseconds: float) -> str:
    digits = 1 if milliseconds < _MS_WITH_DECIMALS else 0
    return f"{milliseconds:,.{digits}f}"


def _p_value(value: float) -> str:
    return f"< {_SURE}" if value < _SURE else f"{value:.3f}"
