"""Whether a figure stands in the evidence, with its unit, and said of the same thing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from api.answer.grounding.bounds import same_bound, same_change, same_side
from api.answer.grounding.coverage import OtherNames, in_reading
from api.answer.grounding.evidence import Unit
from api.answer.grounding.figure import Figure
from api.answer.grounding.figure_ties import share_of_other, share_of_unknown, tied_to_other
from api.answer.grounding.frame import frame_of, meaning
from api.answer.grounding.part import Part
from api.answer.grounding.reading import Reading
from api.answer.grounding.respective import given_to_other
from api.answer.grounding.units import KNOWN_UNITS, stated_unit
from api.answer.grounding.verdict import Problem, ProblemCode
from api.answer.grounding.wording import wording
from api.answer.grounding.words import Word

# Another figure of the same unit fits the words around better by this much: it is theirs.
_CLEARLY_BETTER = 0.08
_MAGNITUDES = {
    "십": Decimal(10), "백": Decimal(100), "천": Decimal(1000), "만": Decimal(10**4),
    "억": Decimal(10**8), "조": Decimal(10**12),
}  # fmt: skip
_LOOSE_DIGITS = re.compile(r"[a-z0-9][a-z0-9.\-+]*")
_DIGIT = re.compile(r"\d")
_COLUMN = " / "
_SAID_BACK = re.compile(r"\s*(?:이는|이것은|그것은)\s")


@dataclass(frozen=True, slots=True)
class _Place:
    """A figure of the evidence: which of the unit's segments it stands in."""

    segment: int
    figure: Figure


def figure_problems(part: Part, unit: Unit, other_names: OtherNames) -> Iterator[Problem]:
    """Yield what is wrong with the figures of a part, given the evidence it shall rest on."""
    stated = [
        _Place(i, figure) for i, segment in enumerate(unit.segments) for figure in segment.figures
    ]
    for figure in part.figures:
        code = _problem(figure, part, unit, stated, other_names)
        if code is not None:
            yield Problem(code, part.reading.text[figure.start : figure.end])
    yield from _loose_digits(part, unit)


def _problem(
    figure: Figure, part: Part, unit: Unit, stated: list[_Place], other_names: OtherNames
) -> ProblemCode | None:
    same_value = [p for p in stated if _same_value(figure, p, unit)]
    if not same_value:
        return "figure_missing"
    found = [p for p in same_value if _same_unit(figure, p, unit)]
    if not found:
        return "figure_unit"
    for code, agrees in _AGREEMENTS:
        found = [p for p in found if agrees(figure, p.figure)]
        if not found:
            return code
    if _is_of_other(figure, part, unit, stated, found, other_names):
        return "figure_of_other"
    return None


def _is_of_other(
    figure: Figure,
    part: Part,
    unit: Unit,
    stated: list[_Place],
    found: list[_Place],
    other_names: OtherNames,
) -> bool:
    """Tell whether the evidence gives a figure that agrees in all, but of something else."""
    said = part.reading
    places = [(unit.segments[p.segment], p.figure) for p in found]
    # The cells of a row are told apart by their columns, which stand before the bar.
    if not unit.is_row and tied_to_other(figure, said, places, unit.own):
        return True
    return (
        share_of_unknown(figure, said, unit.segments, other_names)
        or share_of_other(figure, said, places)
        or given_to_other(figure, part, unit.own)
        or not _shares_its_clause(figure, part, unit, found)
        or _belongs_to_other(figure, part, unit, stated, found)
        or not any(_said_of(figure, part, unit, place, other_names) for place in found)
    )


def _same_value(figure: Figure, place: _Place, unit: Unit) -> bool:
    value = place.figure.value
    return figure.value in (value, value * _scale(place, unit))


def _same_unit(figure: Figure, place: _Place, unit: Unit) -> bool:
    other = place.figure
    if figure.value != other.value:  # the value as the caption's unit makes it
        return figure.unit == _unit_around(place, unit)[1]
    if figure.unit == other.unit or (figure.is_year and other.is_year):
        return True
    if not other.unit:
        around = unit.segments[place.segment]
        column = _column(around, other) if unit.is_row and place.segment == 0 else ""
        return bool(figure.unit) and (
            figure.unit in column or _unit_around(place, unit) == ("", figure.unit)
        )
    if figure.vague or other.vague:
        return False
    unknown = not {figure.unit, other.unit} & KNOWN_UNITS
    one_in_other = figure.unit.startswith(other.unit) or other.unit.startswith(figure.unit)
    return bool(figure.unit) and unknown and one_in_other


def _scale(place: _Place, unit: Unit) -> Decimal:
    scale = Decimal(1)
    for sign in _unit_around(place, unit)[0] if not place.figure.unit else "":
        scale *= _MAGNITUDES[sign]
    return scale


def _unit_around(place: _Place, unit: Unit) -> tuple[str, str]:
    """Return the magnitude and the unit that a column or a caption gives bare numbers."""
    if not unit.is_row:
        return "", ""
    column = _column(unit.own, place.figure) if place.segment == 0 else ""
    for text in (column, *(segment.text for segment in reversed(unit.above))):
        stated = stated_unit(text)
        if stated:
            return stated
    return "", ""


def _column(row: Reading, figure: Figure) -> str:
    return row.text[: figure.start].rsplit(_COLUMN, 1)[-1]


def _bound_agrees(said: Figure, stated: Figure) -> bool:
    return same_bound(said.bound, stated.bound)


def _range_agrees(said: Figure, stated: Figure) -> bool:
    return said.end_of_range == stated.end_of_range


def _exactness_agrees(said: Figure, stated: Figure) -> bool:
    return said.about or not stated.about


def _date_agrees(said: Figure, stated: Figure) -> bool:
    """Tell whether all that is said of a date is stated so, as far as it is stated together."""
    if not same_side(said, stated):
        return False
    if len(said.date) == 0 or len(stated.date) == 0:
        return True
    known = dict(stated.date)
    return all(known.get(unit, value) == value for unit, value in said.date)


_AGREEMENTS: tuple[tuple[ProblemCode, Callable[[Figure, Figure], bool]], ...] = (
    ("figure_date", _date_agrees),
    ("figure_range", _range_agrees),
    ("figure_bound", _bound_agrees),
    ("figure_about", _exactness_agrees),
    ("figure_of_other", same_change),
)


def _shares_its_clause(figure: Figure, part: Part, unit: Unit, found: list[_Place]) -> bool:
    """Tell whether a figure stands in the evidence beside a word of its own clause.

    Asked of vague figures and of those said with 이는: few words tell what they are said of.
    """
    reading = part.reading
    clause = reading.clause_of(figure.start)
    if not figure.vague and not _SAID_BACK.match(reading.text, reading.clauses[clause][0]):
        return True
    words = tuple(w for w in reading.words if w.clause == clause) if reading.words else part.words
    own = {meaning(w.key) for w in words if not figure.start <= w.start < figure.end}
    return any(
        own & frame_of(unit.segments[p.segment], p.figure.start, p.figure.end).keys for p in found
    )


def _belongs_to_other(
    figure: Figure, part: Part, unit: Unit, stated: list[_Place], found: list[_Place]
) -> bool:
    """Tell whether the words around the figure stand around another of its unit instead."""
    frame = frame_of(part.reading, figure.start, figure.end, figure.unit)

    def likeness(place: _Place) -> float:
        other = place.figure
        around = frame_of(unit.segments[place.segment], other.start, other.end, figure.unit)
        return frame.likeness(around)

    rivals = [p for p in stated if p.figure.unit == figure.unit and p.figure.value != figure.value]
    best_rival = max(map(likeness, rivals), default=0.0)
    return best_rival > max(map(likeness, found)) + _CLEARLY_BETTER


def _said_of(
    figure: Figure, part: Part, unit: Unit, place: _Place, other_names: OtherNames
) -> bool:
    """Tell whether what the part is about is what the figure is stated of."""
    if figure.is_year:
        return True
    subjects = [w for w in part.subjects if w.key not in wording().generic]
    if place.segment == 0:
        return not any(_said_elsewhere(word, place.figure, unit.own) for word in subjects)
    if _attached(figure, part.reading) and _attached(figure, part.reading) == _attached(
        place.figure, unit.segments[place.segment]
    ):
        return True
    reach = unit.segments[place.segment :]
    return all(any(in_reading(w, segment, other_names) for segment in reach) for w in subjects)


def _attached(figure: Figure, reading: Reading) -> str:
    """Return the noun that directly follows a figure, as in 3대 게임체인저, or nothing."""
    for word in reading.words:
        if word.start >= figure.end:
            return word.key if not reading.text[figure.end : word.start].strip() else ""
    return ""


def _said_elsewhere(word: Word, figure: Figure, own: Reading) -> bool:
    """Tell whether a word stands only in clauses whose figures are others."""
    clause = own.clause_of(figure.start)
    holding = {w.clause for w in own.words if w.key in wording().same_as(word.key)}
    if not holding or clause in holding:
        return False
    with_figures = {own.clause_of(f.start) for f in own.figures if not f.is_year}
    own_subject = any(w.role == "subject" and w.clause == clause for w in own.words)
    return own_subject and holding <= with_figures


def _loose_digits(part: Part, unit: Unit) -> Iterator[Problem]:
    """Yield digits within names (GPT-4, A100) and numerals of other scripts not in the evidence."""
    text = part.reading.text
    first, last = part.span
    for match in _LOOSE_DIGITS.finditer(text, first, last):
        inside = any(f.start < match.end() and match.start() < f.end for f in part.reading.figures)
        if not inside and _DIGIT.search(match[0]) and match[0].strip(".-+") not in unit.squeezed:
            yield Problem("figure_missing", match[0])
    for start, end in part.reading.numerals:
        if first <= start < last and text[start:end].replace(" ", "") not in unit.squeezed:
            yield Problem("figure_missing", text[start:end])
