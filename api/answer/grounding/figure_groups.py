"""Figures that belong together: the ends of a range, the parts of a date."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from api.answer.grounding.figure import Figure
from api.answer.grounding.figures_in_words import SOME
from api.answer.grounding.numerals import MYRIADS

_RANGE = re.compile(r"\s?(?:~|-|내지)\s?")


def with_ranges(text: str, figures: list[Figure]) -> list[Figure]:
    """Give the first number of a range the unit and the magnitude that are written once."""
    for i in range(len(figures) - 1):
        low, high = figures[i], figures[i + 1]
        if not _RANGE.fullmatch(text, low.end, high.start):
            continue
        if low.vague and high.vague and low.unit == SOME:
            figures[i] = replace(low, unit=high.unit)
        elif low.unit in ("", high.unit) and not (low.is_year and high.is_year):
            value = low.value
            scale = _magnitude(text[high.start : high.end])
            if not low.unit and scale and value < high.value / scale:
                value *= scale
            if value <= high.value:
                figures[i] = replace(low, value=value, unit=high.unit, end_of_range="low")
                figures[i + 1] = replace(high, end_of_range="high")
    return figures


def _magnitude(said: str) -> Decimal:
    match = re.search(r"[만억조]", said)
    return MYRIADS[match[0]] if match else Decimal(1)


def with_dates(text: str, figures: list[Figure]) -> list[Figure]:
    """Tie the year, the month and the day of one date together."""
    order = ["년", "월", "일"]
    groups: list[list[int]] = []
    for i, figure in enumerate(figures):
        last = figures[groups[-1][-1]] if groups else None
        if (
            last is not None
            and groups[-1][-1] == i - 1
            and last.unit in order
            and figure.unit in order[order.index(last.unit) + 1 :]
            and not text[last.end : figure.start].strip(" .,월년")
        ):
            groups[-1].append(i)
        else:
            groups.append([i])
    dated = list(figures)
    for group in groups:
        if len(group) > 1:
            date = tuple((figures[i].unit, figures[i].value) for i in group)
            for i in group:
                dated[i] = replace(figures[i], date=date)
    return dated
