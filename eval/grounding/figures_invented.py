"""Ways to put a figure into a sentence that its evidence does not give."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator

from eval.grounding.bounds_invented import (
    about_dropped,
    bound_invented,
    bound_turned,
    range_invented,
    range_narrowed,
)
from eval.grounding.figure_text import digits_of, figures_of, new_to, put
from eval.grounding.figures_added import ADDED_WAYS, sum_invented
from eval.grounding.figures_moved import MOVED_WAYS
from eval.grounding.figures_turned import TURNED_WAYS
from eval.grounding.material import RIGHT, Material
from eval.grounding.subject_text import distinct, refers_back, subject_of

_YEAR = re.compile(r"(?<!\d)(?:1[0-9]|20)\d\d(?=년)")
_CURRENCY = {"달러": "원", "원": "달러", "유로": "달러"}
_OTHER_UNITS = {
    "명": "개",
    "개": "명",
    "건": "명",
    "곳": "명",
    "%": "명",
    "년": "개월",
    "월": "년",
    "배": "%",
}
_ROUNDING = 10


def _each(
    change: Callable[[re.Match[str], random.Random], str | None],
) -> Callable[[Material, random.Random], Iterator[str]]:
    """Make a way that changes the digits of one figure to digits that stand nowhere."""

    def way(material: Material, chooser: random.Random) -> Iterator[str]:
        figures = figures_of(material.text)
        for found in chooser.sample(figures, min(2, len(figures))):
            new = change(found, chooser)
            if new is not None and new_to(material, new):
                yield put(material.text, found, "digits", new)

    return way


def _one_digit(found: re.Match[str], chooser: random.Random) -> str:
    digits = found["digits"]
    at = chooser.choice([i for i, c in enumerate(digits) if c.isdigit()])
    other = chooser.choice([d for d in "123456789" if d != digits[at]])
    return digits[:at] + other + digits[at + 1 :]


def _one_more(found: re.Match[str], _chooser: random.Random) -> str | None:
    return f"{int(digits_of(found)) + 1:,}" if "." not in found["digits"] else None


def _point_moved(found: re.Match[str], _chooser: random.Random) -> str:
    digits = found["digits"]
    return digits.replace(".", "") if "." in digits else f"{digits_of(found) / _ROUNDING:g}"


def _rounded(found: re.Match[str], _chooser: random.Random) -> str | None:
    value = digits_of(found)
    if "." in found["digits"]:
        return f"{value:.0f}"
    places = len(str(int(value))) - 1
    rounded = round(value, -places)
    return f"{rounded:.0f}" if places and rounded != value else None


def _doubled(found: re.Match[str], _chooser: random.Random) -> str:
    return f"{digits_of(found) * 2:g}"


def unit_changed(material: Material, _chooser: random.Random) -> Iterator[str]:
    """명 becomes 개."""
    for found in figures_of(material.text)[:2]:
        unit = found["unit"].split()[-1] if found["unit"].split() else ""
        if unit in _OTHER_UNITS:
            yield put(material.text, found, "unit", _OTHER_UNITS[unit])


def currency_changed(material: Material, _chooser: random.Random) -> Iterator[str]:
    """원 becomes 달러."""
    for found in figures_of(material.text)[:2]:
        for old, new in _CURRENCY.items():
            if found["unit"].endswith(old):
                yield put(material.text, found, "unit", found["unit"].replace(old, new))
                break


def magnitude_changed(material: Material, _chooser: random.Random) -> Iterator[str]:
    """만 becomes 억."""
    for found in figures_of(material.text)[:2]:
        said = f"{found['scale'] or ''}{found['unit']}"
        for old, new in (("만", "억"), ("억", "조"), ("조", "억"), ("천", "만")):
            if old in said:
                start, end = found.start("digits"), found.end()
                whole = f"{found['digits']}{said.replace(old, new)}"
                yield material.text[:start] + whole + material.text[end:]
                break


def percent_as_points(material: Material, _chooser: random.Random) -> Iterator[str]:
    """% becomes %p."""
    yield from _percent_as(material, "%p")


def percent_as_times(material: Material, _chooser: random.Random) -> Iterator[str]:
    """% becomes 배."""
    yield from _percent_as(material, "배")


def _percent_as(material: Material, unit: str) -> Iterator[str]:
    for found in figures_of(material.text)[:2]:
        if found["unit"].strip() in ("%", "퍼센트"):
            yield put(material.text, found, "unit", unit)


def year_moved(material: Material, chooser: random.Random) -> Iterator[str]:
    """A year becomes one that stands nowhere."""
    for found in list(_YEAR.finditer(material.text))[:2]:
        new = str(int(found[0]) + chooser.choice([-3, -2, -1, 1, 2, 3]))
        if new_to(material, new):
            yield material.text[: found.start()] + new + material.text[found.end() :]


def year_of_another(material: Material, _chooser: random.Random) -> Iterator[str]:
    """A year that stands in another sentence of the passage."""
    own = set(_YEAR.findall(" ".join((material.text, *material.sentence.path))))
    title = material.sources[RIGHT].title
    others = {y for s in material.siblings for y in _YEAR.findall(s.text)} - own
    for found in list(_YEAR.finditer(material.text))[:1]:
        for new in sorted(others)[:2]:
            if new not in title:
                yield material.text[: found.start()] + new + material.text[found.end() :]


def figures_swapped(material: Material, _chooser: random.Random) -> Iterator[str]:
    """Two figures of one unit within the sentence change places."""
    found = figures_of(material.text)
    for i, first in enumerate(found):
        for second in found[i + 1 :]:
            same = (
                first["unit"].strip() == second["unit"].strip()
                and first["scale"] == second["scale"]
            )
            if (
                same
                and first["digits"] != second["digits"]
                and not _is_range(material.text, first, second)
            ):
                text = put(material.text, second, "digits", first["digits"])
                yield put(text, first, "digits", second["digits"])
                return


def _is_range(text: str, first: re.Match[str], second: re.Match[str]) -> bool:
    return text[first.end() : second.start()].strip() in ("~", "-", "–", "에서", "부터", "(")


def figure_of_sibling(material: Material, chooser: random.Random) -> Iterator[str]:
    """A figure of the same unit that another sentence of the passage gives."""
    scope = " ".join((material.text, *material.sentence.path, material.sources[RIGHT].title))
    own = {m["digits"] for m in figures_of(scope)}
    others = [m for s in material.siblings for m in figures_of(s.text) if m["digits"] not in own]
    for found in figures_of(material.text)[:1]:
        fitting = [m for m in others if m["unit"].strip() == found["unit"].strip()] or others
        if fitting:
            yield put(material.text, found, "digits", chooser.choice(fitting)["digits"])


def figure_of_other_passage(material: Material, chooser: random.Random) -> Iterator[str]:
    """A figure that another passage gives."""
    right = material.sources[RIGHT]
    near = " ".join((right.title, right.passage.text, *material.sentence.path))
    others = [
        m
        for n, source in material.sources.items()
        if n != RIGHT
        for m in figures_of(source.passage.text)
        if m["digits"] not in near
    ]
    for found in figures_of(material.text)[:1]:
        if others:
            yield put(material.text, found, "digits", chooser.choice(others)["digits"])


def subject_of_sibling(material: Material, chooser: random.Random) -> Iterator[str]:
    """The figure is said of what another sentence of the passage is about."""
    own = subject_of(material.text)
    if own is None or refers_back(material.text) or not figures_of(material.text[own.end() :]):
        return
    scope = " ".join((material.text, *material.sentence.path, material.sources[RIGHT].title))
    others = [m for s in material.siblings if (m := subject_of(s.text))]
    fitting = [m for m in others if distinct(m["subject"], scope)]
    if fitting:
        other = chooser.choice(fitting)
        yield f"{other['subject']}{other['particle']} {material.text[own.end() :]}"


def row_swapped(material: Material, chooser: random.Random) -> Iterator[str]:
    """The first cell of a table row with the other cells, and figures, of another row."""
    first, _, rest = material.text.partition(" / ")
    same = material.sentence.kind
    rows = [s.text for s in material.siblings if " / " in s.text and s.kind == same]
    rows = [row for row in rows if row.partition(" / ")[0] != first]
    if not rest or ": " not in first or not rows:
        return
    _, _, other = chooser.choice(rows).partition(" / ")
    if other and other != rest and figures_of(other):
        key = first.partition(": ")[2]
        yield f"{first} / {other}"
        yield f"{key}: {other}"


FIGURE_WAYS: dict[str, Callable[[Material, random.Random], Iterator[str]]] = {
    "digit_changed": _each(_one_digit),
    "one_more": _each(_one_more),
    "point_moved": _each(_point_moved),
    "rounded": _each(_rounded),
    "doubled": _each(_doubled),
    "unit_changed": unit_changed,
    "currency_changed": currency_changed,
    "magnitude_changed": magnitude_changed,
    "percent_as_points": percent_as_points,
    "percent_as_times": percent_as_times,
    "year_moved": year_moved,
    "year_of_another": year_of_another,
    "figures_swapped": figures_swapped,
    "figure_of_sibling": figure_of_sibling,
    "figure_of_other_passage": figure_of_other_passage,
    "subject_of_sibling": subject_of_sibling,
    "row_swapped": row_swapped,
    "range_invented": range_invented,
    "range_narrowed": range_narrowed,
    "bound_invented": bound_invented,
    "bound_turned": bound_turned,
    "about_dropped": about_dropped,
    "sum_invented": sum_invented,
    **ADDED_WAYS,
    **MOVED_WAYS,
    **TURNED_WAYS,
}
