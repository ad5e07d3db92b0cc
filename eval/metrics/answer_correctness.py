"""Whether an answer holds what it must, however its numbers are written.

A right answer holds at least one alternative of every must-include group (the "string exact
match" of ALCE, Gao et al. 2023, with groups of alternatives as in ASQA). Numbers are compared
by value and unit: ``4,300억`` = ``4300억`` = ``4천300억``, ``2.6만 명`` = ``26,000명``, ``'24년`` =
``2024년``; ``3%`` is not ``3%p``, and ``45억`` is not in ``845억``. An alternative with no unit
takes any. What has no number is compared as a string without blanks and commas.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from eval.matching import includes
from retriever.folding import fold
from retriever.numbers import Quantity, find_quantities

# A quantity in canonical text: ⟨value|unit⟩. Text that holds these brackets loses them.
_TOKEN = re.compile(r"⟨([^|⟩]*)\|([^⟩]*)⟩")
_BRACKETS = str.maketrans("⟨⟩", "<>")
_HIDDEN = "\0"
_CIRCLED = re.compile(r"([①-⑳])")
_GAP = re.compile(r"[\s,]+")

# What one counter says, some others say more closely: 45개 기관 is also 45개사.
_CLOSER_UNITS = {"개": ("개", "개사", "개국")}
_DATE_UNITS = frozenset({"년", "월", "일"})
_YEAR_UNITS = frozenset({"년", "년대", "월"})
_MYRIADS = {"만": 10**4, "억": 10**8, "조": 10**12}

_COUNTER = r"(?:[명개건곳년월일배원회차권종편]|가지|달러|유로|시간|차례)"
# Ways of writing that ``find_quantities`` does not read as they are meant.
_REWRITES = (
    (re.compile(r"(?:%|퍼센트)\s*포인트|%\s+p(?![a-z])"), "%p"),
    (re.compile(r"(?<![가-힣\d])(?=[천백십][만억조])"), "1"),
    (re.compile(rf"(\d\s?[천백십만억조]*)\s?여(?=\s?{_COUNTER}|\s|$|[,.)])"), r"\1"),
    (re.compile(r"(?<!\d)((?:19|20)\d{2}|'\d{2})\.\s?(\d{1,2})월"), r"\1년 \2월"),
)


class Correctness(NamedTuple):
    """What an answer holds.

    Attributes:
        right: every group is held and nothing unwanted is.
        group_recall: share of the groups that are held, 0..1.
        clean: nothing unwanted is held.
    """

    right: bool
    group_recall: float
    clean: bool


def answer_correctness(
    answer: str, must_include: Sequence[Sequence[str]], must_not_include: Sequence[str] = ()
) -> Correctness:
    """Judge an answer by what it must and must not hold.

    ``group_recall = |{g : any alternative of g is held}| / |groups|``.

    Args:
        answer: the text of the answer.
        must_include: groups of alternatives, of which each needs one.
        must_not_include: what a right answer does not hold.

    Raises:
        ValueError: when there are no groups, or an empty one.
    """
    if not must_include or not all(must_include):
        raise ValueError("an answer is judged by groups of at least one alternative")
    held = [any(holds(answer, wanted) for wanted in group) for group in must_include]
    clean = not any(holds(answer, unwanted) for unwanted in must_not_include)
    return Correctness(all(held) and clean, sum(held) / len(held), clean)


def holds(text: str, wanted: str) -> bool:
    """Tell whether ``text`` holds ``wanted``, numbers compared by value and unit."""
    pattern = _pattern(canonical(wanted))
    if pattern is None:
        return includes(fold(text), fold(wanted))
    rewritten = canonical(text)
    # A number that is part of a name (covid19) is no quantity: it is looked for as a string
    # where the quantities are hidden.
    hidden = _TOKEN.sub(_HIDDEN, rewritten)
    return pattern.search(rewritten) is not None or includes(hidden, fold(wanted))


def canonical(text: str) -> str:
    """Return ``text`` folded, without blanks and commas, each quantity as ``⟨value|unit⟩``."""
    text = fold(_CIRCLED.sub(r"\1 ", text)).translate(_BRACKETS)
    for pattern, replacement in _REWRITES:
        text = pattern.sub(replacement, text)
    parts, last = [], 0
    for quantity in _joined(text):
        parts += [_GAP.sub("", text[last : quantity.start]), f"⟨{quantity.key}|{quantity.unit}⟩"]
        last = quantity.end + _date_dot(text, quantity)
    return "".join([*parts, _GAP.sub("", text[last:])])


def _pattern(wanted: str) -> re.Pattern[str] | None:
    """Return what finds canonical text in canonical text, or None where it holds no quantity."""
    parts, last = [], 0
    for token in _TOKEN.finditer(wanted):
        units = _CLOSER_UNITS.get(token[2], (token[2],)) if token[2] else ()
        any_of = "|".join(map(re.escape, units)) or "[^⟩]*"
        parts += [
            re.escape(wanted[last : token.start()]),
            rf"⟨{re.escape(token[1])}\|(?:{any_of})⟩",
        ]
        last = token.end()
    if not parts:
        return None
    ending = wanted[last:]
    alone = r"(?![a-z\d])" if re.search(r"[a-z\d]$", ending) else ""
    start = r"(?<!\d)" if wanted[0].isdigit() else ""
    return re.compile("".join([start, *parts, re.escape(ending), alone]))


def _joined(text: str) -> Iterator[Quantity]:
    """Yield the quantities of a text, 3만 5천 and 1만 2,345 as one each."""
    held: Quantity | None = None
    for quantity in find_quantities(text):
        if held is not None and _goes_on(text, held, quantity):
            value = held.value + quantity.value
            held = replace(held, end=quantity.end, value=value, unit=quantity.unit)
            continue
        if held is not None:
            yield held
        held = quantity
    if held is not None:
        yield held


def _goes_on(text: str, first: Quantity, second: Quantity) -> bool:
    magnitude = _MYRIADS.get(text[first.end - 1], 0)
    is_next = text[first.end : second.start] in {"", " "}
    return is_next and second.value < magnitude and second.unit not in _YEAR_UNITS


def _date_dot(text: str, quantity: Quantity) -> int:
    """Return 1 where a date in figures has a dot behind it: 2024. 4."""
    in_figures = quantity.unit in _DATE_UNITS and text[quantity.end - 1].isdigit()
    return int(in_figures and text.startswith(".", quantity.end))
