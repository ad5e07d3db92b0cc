"""Ways to put a figure into a sentence that its evidence does not give."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from itertools import pairwise

from eval.grounding.material import RIGHT, Material

# Written without the parser under test, so that what it fails to see is still invented here.
_UNITS = (
    "%p|%|퍼센트|억 원|조 원|만 원|억 달러|달러|유로|만 명|명|"
    "개국|개사|여 개|개|곳|건|배|년|월|일|위|차|회|톤|세|km|m|kg"
)
_FIGURE = re.compile(
    rf"(?<![\d.,A-Za-z\[])(?P<digits>\d[\d,]*(?:\.\d+)?)(?P<scale>\s?[만억조천](?![가-힣]*[력래성물]))?"
    rf"(?P<unit>\s?(?:{_UNITS}))(?![A-Za-z\d])"
)
_YEAR = re.compile(r"(?<!\d)(?:1[0-9]|20)\d\d(?=년)")
_SUBJECT = re.compile(r"^(?P<subject>[^,]{2,40}?[가-힣A-Za-z)])(?P<particle>[은는이가]) ")
_BOUND = {"이상": "미만", "미만": "이상", "이하": "초과", "초과": "이하"}
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
# Numbers that are drawn until one is new, and what stands in where none is.
_DRAWS, _NEVER_SAID = 20, 98_767


def _digits(found: re.Match[str]) -> float:
    return float(found["digits"].replace(",", ""))


def _figures(text: str) -> list[re.Match[str]]:
    return list(_FIGURE.finditer(text))


def _put(text: str, found: re.Match[str], group: str, new: str) -> str:
    start, end = found.span(group)
    return text[:start] + new + text[end:]


def _new_to(material: Material, number: str) -> bool:
    bare = material.all_text.replace(",", "")
    return re.search(rf"(?<!\d){re.escape(number.replace(',', ''))}(?!\d)", bare) is None


def _each(
    change: Callable[[re.Match[str], random.Random], str | None],
) -> Callable[[Material, random.Random], Iterator[str]]:
    """Make a way that changes the digits of one figure to digits that stand nowhere."""

    def way(material: Material, chooser: random.Random) -> Iterator[str]:
        figures = _figures(material.text)
        for found in chooser.sample(figures, min(2, len(figures))):
            new = change(found, chooser)
            if new is not None and _new_to(material, new):
                yield _put(material.text, found, "digits", new)

    return way


def _one_digit(found: re.Match[str], chooser: random.Random) -> str:
    digits = found["digits"]
    at = chooser.choice([i for i, c in enumerate(digits) if c.isdigit()])
    other = chooser.choice([d for d in "123456789" if d != digits[at]])
    return digits[:at] + other + digits[at + 1 :]


def _one_more(found: re.Match[str], _chooser: random.Random) -> str | None:
    return f"{int(_digits(found)) + 1:,}" if "." not in found["digits"] else None


def _point_moved(found: re.Match[str], _chooser: random.Random) -> str:
    digits = found["digits"]
    return digits.replace(".", "") if "." in digits else f"{_digits(found) / _ROUNDING:g}"


def _rounded(found: re.Match[str], _chooser: random.Random) -> str | None:
    value = _digits(found)
    if "." in found["digits"]:
        return f"{value:.0f}"
    places = len(str(int(value))) - 1
    rounded = round(value, -places)
    return f"{rounded:.0f}" if places and rounded != value else None


def _doubled(found: re.Match[str], _chooser: random.Random) -> str:
    return f"{_digits(found) * 2:g}"


def unit_changed(material: Material, _chooser: random.Random) -> Iterator[str]:
    """명 becomes 개."""
    for found in _figures(material.text)[:2]:
        unit = found["unit"].split()[-1] if found["unit"].split() else ""
        if unit in _OTHER_UNITS:
            yield _put(material.text, found, "unit", _OTHER_UNITS[unit])


def currency_changed(material: Material, _chooser: random.Random) -> Iterator[str]:
    """원 becomes 달러."""
    for found in _figures(material.text)[:2]:
        for old, new in _CURRENCY.items():
            if found["unit"].endswith(old):
                yield _put(material.text, found, "unit", found["unit"].replace(old, new))
                break


def magnitude_changed(material: Material, _chooser: random.Random) -> Iterator[str]:
    """만 becomes 억."""
    for found in _figures(material.text)[:2]:
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
    for found in _figures(material.text)[:2]:
        if found["unit"].strip() in ("%", "퍼센트"):
            yield _put(material.text, found, "unit", unit)


def year_moved(material: Material, chooser: random.Random) -> Iterator[str]:
    """A year becomes one that stands nowhere."""
    for found in list(_YEAR.finditer(material.text))[:2]:
        new = str(int(found[0]) + chooser.choice([-3, -2, -1, 1, 2, 3]))
        if _new_to(material, new):
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
    found = _figures(material.text)
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
                text = _put(material.text, second, "digits", first["digits"])
                yield _put(text, first, "digits", second["digits"])
                return


def _is_range(text: str, first: re.Match[str], second: re.Match[str]) -> bool:
    return text[first.end() : second.start()].strip() in ("~", "-", "–", "에서", "부터", "(")


def figure_of_sibling(material: Material, chooser: random.Random) -> Iterator[str]:
    """A figure of the same unit that another sentence of the passage gives."""
    scope = " ".join((material.text, *material.sentence.path, material.sources[RIGHT].title))
    own = {m["digits"] for m in _figures(scope)}
    others = [m for s in material.siblings for m in _figures(s.text) if m["digits"] not in own]
    for found in _figures(material.text)[:1]:
        fitting = [m for m in others if m["unit"].strip() == found["unit"].strip()] or others
        if fitting:
            yield _put(material.text, found, "digits", chooser.choice(fitting)["digits"])


def figure_of_other_passage(material: Material, chooser: random.Random) -> Iterator[str]:
    """A figure that another passage gives."""
    right = material.sources[RIGHT]
    near = " ".join((right.title, right.passage.text, *material.sentence.path))
    others = [
        m
        for n, source in material.sources.items()
        if n != RIGHT
        for m in _figures(source.passage.text)
        if m["digits"] not in near
    ]
    for found in _figures(material.text)[:1]:
        if others:
            yield _put(material.text, found, "digits", chooser.choice(others)["digits"])


def subject_of_sibling(material: Material, chooser: random.Random) -> Iterator[str]:
    """The figure is said of what another sentence of the passage is about."""
    own = _SUBJECT.match(material.text)
    refers_back = re.match(r"(?:이|그|이들|그들|이것|그것)(?: |의 |[은는이가] )", material.text)
    if own is None or refers_back or not _figures(material.text[own.end() :]):
        return
    scope = " ".join((material.text, *material.sentence.path, material.sources[RIGHT].title))
    others = [m for s in material.siblings if (m := _SUBJECT.match(s.text))]
    fitting = [m for m in others if _distinct(m["subject"], scope)]
    if fitting:
        other = chooser.choice(fitting)
        yield f"{other['subject']}{other['particle']} {material.text[own.end() :]}"


def _distinct(subject: str, scope: str) -> bool:
    """Tell whether a subject names something that the scope does not."""
    words = [w for w in re.findall(r"[가-힣A-Za-z]{2,}", subject) if w[:2] not in scope]
    return len(words) > 0


def row_swapped(material: Material, chooser: random.Random) -> Iterator[str]:
    """The first cell of a table row with the other cells of another row."""
    first, _, rest = material.text.partition(" / ")
    same = material.sentence.kind
    rows = [s.text for s in material.siblings if " / " in s.text and s.kind == same]
    rows = [row for row in rows if row.partition(" / ")[0] != first]
    if not rest or ": " not in first or not rows:
        return
    _, _, other = chooser.choice(rows).partition(" / ")
    if other and other != rest:
        key = first.partition(": ")[2]
        yield f"{first} / {other}"
        yield f"{key}: {other}"


def range_invented(material: Material, _chooser: random.Random) -> Iterator[str]:
    """A figure becomes a range."""
    for found in _figures(material.text)[:1]:
        high = f"{int(_digits(found)) + 7}"
        if _new_to(material, high):
            start, end = found.span("digits")
            yield f"{material.text[:start]}{found['digits']}~{high}{material.text[end:]}"


def range_narrowed(material: Material, _chooser: random.Random) -> Iterator[str]:
    """A range becomes its upper end."""
    found = re.search(
        r"(\d[\d,.]*)\s?[~–-]\s?(\d[\d,.]*)(?=\s?(?:%|명|개|배|억|만))", material.text
    )
    if found:
        yield material.text[: found.start()] + found[2] + material.text[found.end() :]


def bound_invented(material: Material, _chooser: random.Random) -> Iterator[str]:
    """이상 or 미만 is put behind a figure."""
    for found in _figures(material.text)[:1]:
        after = material.text[found.end() : found.end() + 5]
        unit = found["unit"].strip()
        if unit not in ("년", "월", "일", "차", "회", "위") and not any(b in after for b in _BOUND):
            yield f"{material.text[: found.end()]} 이상{material.text[found.end() :]}"
            yield f"{material.text[: found.end()]} 미만{material.text[found.end() :]}"


def bound_turned(material: Material, _chooser: random.Random) -> Iterator[str]:
    """이상 becomes 미만, or is left out."""
    for old, new in _BOUND.items():
        found = re.search(rf"(?<=[%명개세원년배러건곳]) ?{old}", material.text)
        if found:
            yield material.text[: found.start()] + " " + new + material.text[found.end() :]
            yield material.text[: found.start()] + material.text[found.end() :]


def about_dropped(material: Material, _chooser: random.Random) -> Iterator[str]:
    """A rough figure is given as an exact one."""
    found = re.search(r"(?<=\d)여(?= ?[가-힣])|(?<![가-힣])약 (?=\d)", material.text)
    if found:
        yield material.text[: found.start()] + material.text[found.end() :]


# What is put before or behind a true sentence; {} is a number that stands nowhere.
_BEFORE = {
    "amount_added": ("총 {}억 원을 들여 ", "약 {}만 달러 규모로 "),
    "count_added": ("{}개 기관이 참여하여 ", "{}명이 참여한 가운데 "),
    "date_invented": ("2019년 {month}월 {day}일, ", "지난 {month}월 {day}일 "),
}
_BEHIND = {
    "ratio_invented": (", 이는 전체의 {}%에 해당합니다", "으로 비중이 {}%에 이릅니다"),
    "growth_invented": (", 이는 전년 대비 {}% 증가한 수치입니다", ", 연평균 {}%씩 늘고 있습니다"),
    "times_invented": (", 이는 종전의 {}배입니다", ", 다섯 배로 늘었습니다", ", 열두 배나 됩니다"),
    "rank_invented": (", 세계 {}위입니다", ", 국내 {}위에 해당합니다", ", 일곱 번째로 큽니다"),
    "number_in_words": (
        ", 모두 다섯 곳입니다",
        ", 삼천칠백억 원이 들었습니다",
        ", 오십육 퍼센트입니다",
        ", 열아홉 명입니다",
        ", 구천육백 개입니다",
    ),
    "half_invented": (
        ", 이는 전체의 절반입니다",
        ", 절반이 넘습니다",
        ", 삼분의 일을 차지합니다",
        ", 7분의 4입니다",
    ),
    "vague_number": (
        ", 수백 명이 참여했습니다",
        ", 수십억 원이 들었습니다",
        ", 수만 건에 이릅니다",
        ", 몇백 곳입니다",
    ),
    "phone_invented": (", 문의는 02-{}-4821입니다", ", 대표번호는 1588-{}7입니다"),
    "year_in_words": (", 이천십칠년부터입니다", ", 이는 천구백구십삼년의 일입니다"),
    "foreign_digits": (
        ", 이는 Ⅳ단계입니다",
        ", ٣٥٧명입니다",
        ", 五百億 원입니다",
        ", １３７７개입니다",
    ),
    "model_number": (", GPT-{}가 쓰였습니다", ", H{}00 칩을 씁니다"),
}


def _added(way: str) -> Callable[[Material, random.Random], Iterator[str]]:
    def add(material: Material, chooser: random.Random) -> Iterator[str]:
        drawn = (chooser.randint(11, 998) for _ in range(_DRAWS))
        number = next((n for n in drawn if _new_to(material, str(n))), _NEVER_SAID)
        day = {"month": chooser.randint(1, 12), "day": chooser.randint(1, 28)}
        if way in _BEFORE:
            yield chooser.choice(_BEFORE[way]).format(number, **day) + material.text
        else:
            said = chooser.choice(_BEHIND[way])
            yield material.text.rstrip(" .") + said.format(number)

    return add


def sum_invented(material: Material, _chooser: random.Random) -> Iterator[str]:
    """Two figures are added up."""
    found = _figures(material.text)
    for first, second in pairwise(found):
        total = f"{_digits(first) + _digits(second):g}"
        if first["unit"].strip() == second["unit"].strip() and _new_to(material, total):
            unit = f"{first['scale'] or ''}{first['unit']}"
            yield f"{material.text.rstrip(' .')}, 합하면 {total}{unit}입니다"
            return


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
    **{name: _added(name) for name in (*_BEFORE, *_BEHIND)},
}
