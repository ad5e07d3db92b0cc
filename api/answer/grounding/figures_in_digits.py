"""Figures written in digits, with units that no list holds."""

from __future__ import annotations

import re
from collections.abc import Iterator

from api.answer.grounding.figure import Figure
from api.answer.grounding.units import CURRENCY_SIGNS, KNOWN_UNITS, canonical_unit
from retriever.numbers import find_quantities
from retriever.query_edit import QueryToken

# Units whose first syllable is a unit of its own.
_LONGER_UNITS = {"세": "기", "단": "계", "주": "년", "분": "기", "배": "럴", "호": "선"}
_LATIN_UNIT = re.compile(r"\s?([a-zµμ°℃℉]+(?:/[a-z]+)?[23]?(?![a-z0-9]))")
_TOUCHING_UNIT_TAGS = frozenset({"NNB", "NNG", "XSN"})
_SPACED_NO_UNITS = frozenset(
    [
        "등",
        "것",
        "수",
        "데",
        "바",
        "중",
        "내",
        "때",
        "간",
        "외",
        "및",
        "뿐",
        "채",
        "만",
        "씩",
        "쯤",
        "대",
        "점",
        "차",
    ]
)
_ABOUT_UNIT = re.compile(r"여\s?[^\d여]*$")
_APPROXIMATE_UNIT = re.compile(r"여\s?")


def figures_in_digits(text: str, starts: dict[int, QueryToken]) -> Iterator[Figure]:
    """Yield the figures that are written in digits.

    Args:
        text: folded.
        starts: its morphemes, by where they begin.
    """
    for quantity in find_quantities(text):
        about = False
        unit, end = quantity.unit, quantity.end
        if unit:
            about = bool(_ABOUT_UNIT.search(text[quantity.start : end]))
            longer = _LONGER_UNITS.get(unit)
            if longer and text[end : end + 1] == longer:
                unit, end = unit + longer, end + 1
            unit = canonical_unit(unit)
        else:
            unit, end, about = unit_behind(text, end, starts)
            sign = CURRENCY_SIGNS.get(text[quantity.start - 1 : quantity.start])
            unit = sign if sign and unit not in KNOWN_UNITS else unit
        yield Figure(quantity.start, end, quantity.value, unit, about=about)


def unit_behind(text: str, end: int, starts: dict[int, QueryToken]) -> tuple[str, int, bool]:
    """Return the unit behind a bare number, where it ends, and whether 여 stands before it."""
    about = _APPROXIMATE_UNIT.match(text, end)
    at = about.end() if about else end
    latin = _LATIN_UNIT.match(text, at)
    if latin:
        return canonical_unit(latin[1]), latin.end(), bool(about)
    if at in starts and starts[at].tag in _TOUCHING_UNIT_TAGS:
        return canonical_unit(starts[at].form), starts[at].end, bool(about)
    spaced = starts.get(at + 1) if text[at : at + 1] == " " else starts.get(at)
    if spaced is None:
        return "", end, False
    is_unit = spaced.tag == "NNB" and spaced.form not in _SPACED_NO_UNITS
    if is_unit or spaced.form in KNOWN_UNITS:
        return canonical_unit(spaced.form), spaced.end, bool(about)
    return "", end, False
