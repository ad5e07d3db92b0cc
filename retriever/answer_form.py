"""What a question's answer must hold, and which sentences hold it: a figure, a unit, a time.

A sentence that meets a question word by word but holds no figure does not answer "how much". The
forms that a sentence holds are found once, when it is indexed.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

import numpy as np
from numpy.typing import NDArray

from retriever.answer_kind import SIGNED_KINDS, AnswerKind, answer_kind, fits
from retriever.folding import fold
from retriever.numbers import FRACTION, Quantity, find_quantities

_WON = "원"
CURRENCIES = (_WON, "달러", "유로", "위안", "엔", "파운드")
# What is asked for after 몇, and the units that answer it; longer words first.
_COUNTED = {
    "퍼센트": ("%",),
    **{currency: (currency,) for currency in CURRENCIES},
    "개국": ("개국", "개"),
    "나라": ("개국", "개"),
    "개월": ("개월",),
    "사람": ("명",),
    "차례": ("회", "차"),
    "시간": ("시간",),
    "군데": ("곳", "개"),
    "가지": ("가지", "개"),
    "개사": ("개사", "개", "곳"),
    "세기": ("세기",),
    "프로": ("%",),
    "배": ("배", FRACTION),
    "%": ("%",),
    "명": ("명",),
    "곳": ("곳", "개", "개사", "개국"),
    "개": ("개", "개사", "개국", "곳", "가지"),
    "살": ("세",),
    "세": ("세",),
    "위": ("위",),
    "회": ("회", "차"),
    "번": ("회", "차"),
    "건": ("건", "개"),
    "분": ("분",),
    "권": ("권",),
    "톤": ("톤",),
    "호": ("호",),
    "대": ("대",),
}
_AFTER_HOW_MANY = re.compile(rf"몇\s?({'|'.join(_COUNTED)})(?!기)")
_SHARE = re.compile(r"비율|비중|퍼센트|%|점유율|[가-힣]률|[가-힣]율[은이]")
_MONEY = re.compile(
    r"금액|예산|돈|비용|(?<![혈용원])액(?=[은는이가을의도,?\s]|$)|매출|가격|자본|달러"
    r"|투자\s?규모|시장\s?규모|시장\S*\s(?:\S+\s)*규모|얼마(?:짜리|에|를)"
    r"|얼마(?:나|가|까지)\s?(?:\S+\s)?(?:투자|투입|들[이여었어]|쓰|쓴|쓸|썼|invest)"
)

# What it costs less, or how much it grew, is told in shares and multiples as well as in money.
ASKS_CHANGE = re.compile(
    r"얼마(?:나|만큼)?\s?(?:더\s?|많이\s?)?(?:늘|줄|올[랐라]|오[르른를]|증가|감소|성장|커[졌지질]|떨어|싸[졌지]"
    r"|비싸|벌어|빨라|높아|낮아|아[끼낄낀]|절약|절감|단축|굳)|어느 정도 (?:아[끼낄낀]|절약|절감|줄)"
)
"""What questions by how much something grows or shrinks hold."""
# An amount so large of nothing that is counted is one of money.
_MONEY_MAGNITUDES = ("억", "조")

# One bit each; their order is part of the index's format.
_UNITS = tuple(sorted({unit for units in _COUNTED.values() for unit in units} | {*CURRENCIES}))
_BITS = {name: 1 << place for place, name in enumerate((*SIGNED_KINDS, *_UNITS))}
Forms = NDArray[np.uint32]


def asked_units(question: str, kind: AnswerKind) -> tuple[str, ...]:
    """Return the units of which the figure asked for has one.

    Returns:
        Canonical units, every currency for money; nothing where the question does not say.
    """
    folded = fold(question)
    counted = _AFTER_HOW_MANY.search(folded)
    if counted:
        return _COUNTED[counted[1]]
    if kind is not AnswerKind.NUMBER or ASKS_CHANGE.search(folded):
        return ()
    if _SHARE.search(folded):
        return ("%", FRACTION)
    if _MONEY.search(folded):
        return CURRENCIES
    return ()


def unit_said(quantity: Quantity, text: str) -> str:
    """Return the unit of a quantity of ``text``; 원 for 4,300억을 들여, which leaves it out."""
    if not quantity.unit and text[: quantity.end].endswith(_MONEY_MAGNITUDES):
        return _WON
    return quantity.unit


def sentence_forms(sentences: Iterable[str]) -> Forms:
    """Return (sentences,) bits of what each sentence holds: kinds of answer, and units."""
    return np.array([_forms(sentence) for sentence in sentences], dtype=np.uint32)


def asked_forms(question: str) -> int:
    """Return the bits of which a sentence that answers has one; 0 where any sentence may."""
    kind = answer_kind(question)
    units = asked_units(question, kind)
    if units:
        return sum(_BITS[unit] for unit in units)
    return _BITS.get(kind, 0)


def holds_form(kind: AnswerKind, units: Collection[str], sentence: str) -> bool:
    """Tell of one sentence what its bits tell: whether it holds what is asked for.

    Args:
        kind: what is asked for.
        units: those of ``asked_units``; where there are any, they decide alone.
        sentence: read for just this, which is quicker than finding all of its forms.
    """
    if units:
        return any(unit_said(found, sentence) in units for found in find_quantities(sentence))
    return fits(kind, sentence)


def _forms(sentence: str) -> int:
    kinds = (kind for kind in SIGNED_KINDS if fits(kind, sentence))
    units = {unit_said(found, sentence) for found in find_quantities(sentence)}
    return sum(_BITS[name] for name in (*kinds, *units.intersection(_UNITS)))
